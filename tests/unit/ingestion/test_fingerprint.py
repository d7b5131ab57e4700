from incidents.ingestion.fingerprint import NEAR, distance, fingerprint, same_text

STORY = (
    "A car packed with explosives blew up at a police checkpoint on the road from Mogadishu to Afgoye on Thursday morning "
    "and killed four officers, the interior ministry said. Seven bystanders were treated for wounds at a hospital in the "
    "capital, a nurse at the emergency ward said by telephone. The driver had been told to stop for a search, and the "
    "crowded cafe behind the checkpoint was spared. A militant group said in a broadcast that its fighters had carried out "
    "the attack. The group has held parts of the region for more than ten years, and taxes the traffic on its roads."
)
OTHER = (
    "Two drones struck a fuel depot on the edge of Aden early on Wednesday and wounded two guards, port officials said, the "
    "second such attack in a week. Officials said the fire was put out by noon. The harbour master counted himself lucky "
    "that no tanker was loading. On Friday a similar attack on a warehouse in Taiz killed one person, a hospital doctor said."
)


def test_a_syndicated_copy_is_near_and_the_same():
    copy = (
        "Four officers die near Mogadishu. "
        + STORY.replace("on Thursday morning", "early Thursday")
        + " Example Agency"
    )
    assert distance(fingerprint(STORY), fingerprint(copy)) <= NEAR
    assert same_text(STORY, copy)


def test_a_copy_cut_to_its_first_half_under_another_title_is_near_and_the_same():
    half = STORY[: len(STORY) // 2]
    assert same_text(STORY, half)
    assert distance(fingerprint(STORY), fingerprint(f"Four officers die. {half} Example Agency")) <= NEAR


def test_another_story_is_far_and_not_the_same():
    assert distance(fingerprint(STORY), fingerprint(OTHER)) > NEAR
    assert not same_text(STORY, OTHER)


def test_case_punctuation_and_line_breaks_make_no_difference():
    assert fingerprint(STORY) == fingerprint(STORY.upper().replace(", ", " -\n"))


def test_short_texts_are_the_same_only_word_for_word():
    assert same_text("Bomb in Kirkuk kills three.", "Bomb in Kirkuk kills three")
    assert not same_text("Bomb in Kirkuk kills three", "Bomb in Kirkuk kills four")


def test_a_fingerprint_fits_a_signed_column_of_64_bits_and_never_changes():
    assert all(-(2**63) <= fingerprint(text) < 2**63 for text in (STORY, OTHER, "", "one", "قتل ثلاثة"))
    assert fingerprint("") == 0
    assert distance(-1, 0) == 64
    assert fingerprint("bomb in kirkuk") == FIRST_RELEASE


# Stored fingerprints must stay comparable: this number changes only together with a migration.
FIRST_RELEASE = 4050995688288074122
