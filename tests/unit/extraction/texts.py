"""Texts nobody would write, for what must hold of any text."""

from __future__ import annotations

from hypothesis import strategies as st

from incidents.extraction.words import word_set

_WORDS = sorted(
    word_set(
        """killed wounded at least two between 5 and 8 soldiers people dead injured no casualties dozens of the a
        militants U.S. strike on in Baghdad by Houthi rebels drone attack claimed responsibility blamed for said - --
        ( ) , . January 31 30 2024 1999 Feb. last next week month overnight since Friday 9 99 24:00 12/13/2014
        2023-02-31 9999-12-31 ago days toll rose to 1,000,000 hundred thousand or may March IS US THE GUERRILLAS KILLED
        3 MEN who which was were not"""
    )
    | {"\n", "\n\n"}
)
pieces = st.lists(st.sampled_from(_WORDS) | st.text(max_size=8), max_size=40).map(" ".join)
texts = pieces | st.text(max_size=200)
