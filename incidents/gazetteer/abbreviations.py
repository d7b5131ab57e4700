"""How English-language papers shorten the states and provinces of Canada and Australia behind a comma.

The styles are those of The Canadian Press, the Australian government and the two post offices. The states of the United
States are in `data/provinces.csv`, with their postal codes in GeoNames' own.
"""

from __future__ import annotations

# By the code that GeoNames gives to the area.
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "CA.01": ("Alta.", "AB"),
    "CA.02": ("B.C.", "BC"),
    "CA.03": ("Man.", "MB"),
    "CA.04": ("N.B.", "NB"),
    "CA.05": ("N.L.", "Nfld.", "NL"),
    "CA.07": ("N.S.", "NS"),
    "CA.08": ("Ont.", "ON"),
    "CA.09": ("P.E.I.", "PE"),
    "CA.10": ("Que.", "QC", "PQ"),
    "CA.11": ("Sask.", "SK"),
    "CA.12": ("Y.T.", "YT"),
    "CA.13": ("N.W.T.", "NWT", "NT"),
    "CA.14": ("Nvt.", "NU"),
    "AU.01": ("A.C.T.", "ACT"),
    "AU.02": ("N.S.W.", "NSW"),
    "AU.03": ("N.T.", "NT"),
    "AU.04": ("Qld", "Qld.", "QLD"),
    "AU.05": ("S.A.", "SA"),
    "AU.06": ("Tas.", "TAS"),
    "AU.07": ("Vic.", "VIC"),
    "AU.08": ("W.A.", "WA"),
}
