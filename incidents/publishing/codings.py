"""What ACLED and UCDP call our precisions, so that researchers can merge the sets.

ACLED: time_precision 1-3 and geo_precision 1-3 of its codebook (2024); UCDP GED: date_prec 1-5, where_prec 1-7 of its
codebook (24.1). A date or place nobody states has no number in either.
"""

from __future__ import annotations

from incidents.extraction.types import PlacePrecision, TimePrecision

ACLED_TIME = {
    TimePrecision.HOUR: 1,
    TimePrecision.DAY: 1,
    TimePrecision.FEW_DAYS: 2,
    TimePrecision.WEEK: 2,
    TimePrecision.MONTH: 3,
    TimePrecision.LONGER: 3,
}
UCDP_DATE = {
    TimePrecision.HOUR: 1,
    TimePrecision.DAY: 1,
    TimePrecision.FEW_DAYS: 2,
    TimePrecision.WEEK: 3,
    TimePrecision.MONTH: 4,
    TimePrecision.LONGER: 5,
}
ACLED_PLACE = {
    PlacePrecision.SITE: 1,
    PlacePrecision.FACILITY: 1,
    PlacePrecision.NEIGHBOURHOOD: 1,
    PlacePrecision.TOWN: 1,
    PlacePrecision.NEAR: 2,
    PlacePrecision.DISTRICT: 3,
    PlacePrecision.PROVINCE: 3,
    PlacePrecision.AREA: 3,
    PlacePrecision.COUNTRY: 3,
}
UCDP_PLACE = {
    PlacePrecision.SITE: 1,
    PlacePrecision.FACILITY: 1,
    PlacePrecision.NEIGHBOURHOOD: 1,
    PlacePrecision.TOWN: 1,
    PlacePrecision.NEAR: 2,
    PlacePrecision.DISTRICT: 3,
    PlacePrecision.PROVINCE: 4,
    PlacePrecision.AREA: 5,
    PlacePrecision.COUNTRY: 6,
}
