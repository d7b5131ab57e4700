"""The kinds are complete."""

from incidents.extraction.kinds import Family, Kind


def test_every_kind_has_a_label_a_family_and_an_acled_pair():
    for kind in Kind:
        assert kind.label
        assert kind.family in Family
        assert all(kind.acled)


def test_the_map_needs_at_most_seven_families():
    assert {kind.family for kind in Kind} == set(Family)
    assert len(Family) <= 7
