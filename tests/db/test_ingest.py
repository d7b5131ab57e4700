"""From bytes to rows: whatever comes in, one clear outcome, and nothing half written."""

import gzip
import inspect
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.files.storage import storages

from incidents import pipeline
from incidents.ingestion.errors import UnreachableError
from incidents.models import Article, Incident, IncidentActor, LocalPlace, Mention, Quote, Review, Source
from incidents.workflows import extract, ingest, review
from incidents.workflows.extract import extract_article
from incidents.workflows.publish import published_version
from tests.db.conftest import NOW, OneSentenceReader
from tests.factories import make_incident, make_moderator, make_source

pytestmark = pytest.mark.django_db

STORY = (
    "Drone strike in the Iraqi capital\n\n"
    "Published: January 21, 2024 09:30 GMT\n\n"
    "The Example Brigade said its drone hit Baghdad on 2024-01-20, killing at least 2 civilians in the east of the city.\n\n"
    "Residents said that a bomb fell in Erbil on 2024-01-19, and that the street was closed for the rest of the day.\n\n"
    "Officials said that drones have hit Iraq 150 times since the autumn, most of them without any damage.\n"
)
ADDRESS = "https://www.times.example.org/2024/01/21/baghdad"


def page(body=STORY, *, canonical="", head="", title="Drone strike in the Iraqi capital"):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in body.split("\n\n") if paragraph.strip())
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{link}{head}</head>"
        f"<body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def ingested(content=STORY, **fields):
    if isinstance(content, str):
        content = content.encode()
    return ingest.ingest_bytes(content=content, **{"fetched_at": NOW, "name": "story.txt"} | fields)


def rows():
    """Everything that is stored, but for the times of writing."""
    models = (Article, Source, Incident, IncidentActor, Mention, Quote, Review)
    stored = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    stored["history"] = Incident.history.count()
    return stored


def test_the_reader_of_these_tests_is_called_as_the_real_one():
    real, fake = inspect.signature(pipeline.read), inspect.signature(OneSentenceReader().read)
    for signature in (real, fake):
        assert [(each.name, each.kind, each.default) for each in signature.parameters.values()] == [
            ("text", inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.empty),
            ("published", inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty),
            ("gazetteer", inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty),
            ("title", inspect.Parameter.KEYWORD_ONLY, ""),
            ("home", inspect.Parameter.KEYWORD_ONLY, None),
            ("geocoder", inspect.Parameter.KEYWORD_ONLY, None),
        ]


def test_an_article_gives_candidates_with_their_words(reader):
    result = ingested(url=ADDRESS)
    assert (result.created, result.error, result.extracted.created, result.extracted.aggregates) == (True, "", 2, 1)
    article = Article.objects.get()
    assert (article.state, article.language, article.extractor_version) == (
        "extracted",
        "en",
        pipeline.EXTRACTOR_VERSION,
    )
    assert article.published_at == datetime(2024, 1, 21, 9, 30, tzinfo=UTC)
    drone, bomb = Incident.objects.order_by("pk")
    assert drone.title == "Drone strike in Baghdad kills at least 2"
    assert bomb.title == "Bombing in Erbil"
    assert (drone.status, drone.kind, drone.date_start, drone.date_end) == (
        "candidate",
        "drone-strike",
        date(2024, 1, 20),
        date(2024, 1, 20),
    )
    assert (drone.latitude, drone.longitude, drone.radius_m, drone.country) == (33.3406, 44.4009, 12_000, "IQ")
    assert (drone.killed_low, drone.killed_best, drone.killed_high) == (2, 2, None)
    assert (bomb.killed_low, bomb.wounded_low) == (None, None)
    assert drone.casualties_by_group == {"civilians": {"killed": [2, None]}}
    assert drone.reported_on == date(2024, 1, 21)
    role = drone.roles.get()
    assert (role.actor.name, role.actor.kind, role.role) == ("Example Brigade", "rebel-group", "claimed-by")
    mention = drone.mentions.get()
    quotes = {quote.field: quote for quote in mention.quotes.all()}
    assert set(quotes) == {"kind", "date", "place", "killed"}
    assert all(article.text[quote.start : quote.end] == quote.text for quote in quotes.values())
    assert quotes["place"].text == "Baghdad"


def test_the_title_is_ours_and_not_a_sentence_of_the_article(reader):
    ingested()
    assert all(incident.title not in STORY for incident in Incident.objects.all())


def test_a_sum_is_kept_without_an_incident(reader):
    ingested()
    aggregate = Mention.objects.aggregates().get()
    assert (aggregate.incident, aggregate.count_low, aggregate.place_name) == (None, 150, "Iraq")


def test_a_place_name_keeps_what_else_it_may_mean(reader):
    ingested("On the coast a bomb fell in Tripoli on 2024-01-19, and the windows of the port broke.")
    taken, other = Mention.objects.get().place_candidates
    assert (taken["name"], taken["country"], taken["radius_m"]) == ("Tripoli", "LY", 10_000)
    assert (other["country"], other["latitude"], other["level"]) == ("LB", 34.44, "town")


def test_a_country_is_no_pin(reader):
    ingested("The army said that a shell fell in Iraq on 2024-01-19, without saying in which of its provinces.")
    incident = Incident.objects.get()
    assert (incident.latitude, incident.cell, incident.country, incident.place_precision) == (
        None,
        None,
        "IQ",
        "country",
    )


@pytest.mark.parametrize("times", [2, 3])
def test_reading_the_same_article_again_changes_nothing(reader, times):
    ingested(url=ADDRESS)
    before = rows()
    for _ in range(times - 1):
        again = ingested(url=ADDRESS, fetched_at=NOW + timedelta(days=1))
        assert not again.created
    assert rows() == before
    assert reader.runs == 1


def test_the_same_article_by_two_routes_is_one_row(reader):
    first = ingested()
    second = ingested(url=ADDRESS)
    third = ingested()
    fourth = ingested(url=ADDRESS.replace("www.", "m.") + "?from=mail")
    assert first.article == second.article == third.article == fourth.article
    article = Article.objects.get()
    assert (article.url, article.source.domain) == (ADDRESS, "times.example.org")
    assert Incident.objects.count() == 2


def test_a_pages_own_address_makes_two_routes_one(reader):
    first = ingested(page(canonical=ADDRESS), url=ADDRESS + "?utm_source=feed", name="")
    second = ingested(page(canonical=ADDRESS), url=ADDRESS + "?page=1", name="")
    assert first.article == second.article
    assert Article.objects.get().url == ADDRESS


def test_a_page_can_not_take_the_place_of_another_sites_article(reader):
    ingested(page(canonical=ADDRESS), url="https://elsewhere.example.net/copy", name="")
    assert Article.objects.get().url == "https://elsewhere.example.net/copy"


def test_an_address_that_is_no_web_page_is_not_linked_to(reader):
    ingested(page(canonical="javascript:alert(1)"), name="")
    ingested(page(STORY + "\n\nAnd more.", canonical="http://[broken"), name="")
    assert set(Article.objects.values_list("url", flat=True)) == {None}


@pytest.mark.parametrize("rubbish", ["\udcff", "\x00"])
def test_an_address_that_no_database_stores_is_an_error_and_not_a_crash(reader, rubbish):
    address = f"https://times.example.org/{rubbish}"
    assert ingest.ingest_url(url=address, now=NOW).error
    assert ingested(page(), url=address).article.url is None


def test_the_source_is_found_by_its_domain(reader):
    source = make_source(domain="times.example.org", name="Example Times")
    ingested(url=ADDRESS)
    assert Article.objects.get().source == source
    given = make_source()
    ingested(STORY.replace("Baghdad", "Erbil"), url=ADDRESS + "/2", source=given)
    assert Article.objects.get(url=ADDRESS + "/2").source == given


def test_a_pasted_text_has_no_source(reader):
    ingested()
    assert Article.objects.get().source is None


def test_the_bytes_are_kept_unchanged_under_their_digest(reader):
    content = page()
    ingested(content, url=ADDRESS, headers={"content-type": "text/html", "x-odd": "a\x00b"}, content_type="text/html")
    article = Article.objects.get()
    digest = sha256(content).hexdigest()
    assert article.raw_sha256 == digest
    with storages["raw"].open(f"{digest[:2]}/{digest[2:4]}/{digest}") as kept:
        assert kept.read() == content
    assert article.raw_headers == {"content-type": "text/html", "x-odd": "a\ufffdb"}
    assert "text" in article.raw_content_type


# Copies and other articles about the same


def test_a_reprinted_story_is_a_copy_without_incidents_or_figures_of_its_own(reader):
    first = ingested(url=ADDRESS)
    before = list(Incident.objects.order_by("pk").values())
    reprint = STORY.replace("Drone strike in the Iraqi capital", "Drone over Baghdad")
    second = ingested(reprint, url="https://daily.example.com/agency/1")
    assert second.article.copy_of == first.article
    assert second.extracted.created == 0
    assert list(Incident.objects.order_by("pk").values()) == before
    incident = Incident.objects.order_by("pk").first()
    assert incident.mentions.count() == 2
    assert incident.mentions.independent().count() == 1
    assert second.article.source.domain == "daily.example.com"


def test_the_same_words_on_another_site_are_a_copy_too(reader):
    first = ingested(url=ADDRESS)
    second = ingested(url="https://daily.example.com/agency/1")
    assert second.article.copy_of == first.article
    ingested(url="https://weekly.example.com/1")
    assert {article.copy_of for article in Article.objects.exclude(pk=first.article.pk)} == {first.article}


def test_a_copy_of_a_published_story_changes_what_the_public_sees(reader):
    first = ingested(url=ADDRESS)
    review.publish(incident=Incident.objects.first(), by=make_moderator())
    before = published_version()
    ingested(url="https://daily.example.com/agency/1")
    assert published_version() != before
    assert Article.objects.public().count() == 2
    assert first.article.copies.count() == 1


def test_another_article_on_a_known_incident_makes_a_candidate_that_is_proposed_as_the_same(reader):
    from incidents.workflows.duplicates import possible_duplicates

    ingested(url=ADDRESS)
    known = Incident.objects.get(kind="drone-strike")
    ingested(
        "Two neighbours were buried on Sunday in the east of the capital. Late the day before, a drone hit Baghdad on "
        "2024-01-20, killing 3 people who had come home from the market, the hospital of the quarter said.",
        url="https://daily.example.com/own/1",
    )
    again = Incident.objects.filter(kind="drone-strike").exclude(pk=known.pk).get()
    assert again.status == Incident.Status.CANDIDATE
    assert [duplicate.incident for duplicate in possible_duplicates(incident=again)] == [known]


# A newer extractor


def test_a_newer_extractor_corrects_what_nobody_has_decided(reader, monkeypatch):
    ingested(url=ADDRESS)
    drone, bomb = Incident.objects.order_by("pk")
    review.publish(incident=bomb, by=make_moderator())
    published = Incident.objects.filter(pk=bomb.pk).values().get()
    reader.version = "newer"
    monkeypatch.setattr(pipeline, "EXTRACTOR_VERSION", "newer")
    from incidents.extraction.kinds import Kind

    reader.misread = {Kind.DRONE_STRIKE: Kind.AIR_STRIKE, Kind.BOMBING: Kind.SHELLING}
    result = ingested(url=ADDRESS)
    assert (result.created, result.extracted.created, result.extracted.updated) == (False, 0, 2)
    drone.refresh_from_db()
    assert (drone.kind, drone.title, drone.version) == ("air-strike", "Air strike in Baghdad kills at least 2", 2)
    assert Incident.objects.filter(pk=bomb.pk).values().get() == published
    assert bomb.mentions.get().kind == "shelling"
    assert Article.objects.get().extractor_version == "newer"
    before = rows()
    ingested(url=ADDRESS)
    assert rows() == before


def test_a_newer_extractor_drops_what_it_no_longer_finds_unless_somebody_decided_or_looks(reader, monkeypatch):
    result = ingested(STORY + "\n\nIn the north a shell fell in Erbil on 2024-01-18, and nobody was at home.\n")
    drone, _bomb, shell = Incident.objects.order_by("pk")
    review.publish(incident=drone, by=make_moderator())
    review.claim(incident=shell, by=make_moderator())
    reader.read = lambda text, **_: pipeline.Extraction((), (), (), "newer")
    monkeypatch.setattr(pipeline, "read", reader.read)
    assert extract_article(article=result.article).removed == 2
    assert set(Incident.objects.all()) == {drone, shell}
    assert drone.mentions.count() == 1


def test_a_place_that_a_moderator_adds_is_known_at_once(gazetteer_path):
    from incidents.workflows.places import gazetteer

    before = gazetteer()
    assert gazetteer() is before
    place = LocalPlace.objects.create(
        name="Qaryat al-Mithal",
        aliases=["Mithal Camp"],
        latitude=33.1,
        longitude=44.2,
        level="neighbourhood",
        radius_m=2000,
    )
    assert [found.latitude for found in gazetteer().lookup("mithal camp")] == [33.1]
    LocalPlace.objects.filter(pk=place.pk).update(latitude=33.2)
    assert [found.latitude for found in gazetteer().lookup("Qaryat al Mithal")] == [33.2]


# Strangers


@pytest.mark.parametrize("content", [b"", b"  \n\t ", b"\xef\xbb\xbf"], ids=["nothing", "spaces", "a mark"])
def test_empty_input_says_so(content):
    result = ingested(content)
    assert "no text" in result.error
    assert Incident.objects.count() == 0
    assert (result.article is None) == (content == b"")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        gzip.compress(b"text " * 400),
        bytes(4096),
    ],
    ids=["pdf", "picture", "archive", "zeros"],
)
def test_what_is_no_text_is_kept_as_failed_with_the_way_out(content):
    result = ingested(content, name="article.bin")
    article = Article.objects.get()
    assert result.article == article
    assert (article.state, article.error) == (Article.State.FAILED, result.error)
    assert "paste" in result.error or "text" in result.error
    assert (article.text, Mention.objects.count()) == ("", 0)
    ingested(content)
    assert Article.objects.count() == 1


def test_what_is_too_large_is_not_kept():
    result = ingested(b"word " * 2_100_000, url=ADDRESS)
    assert result.article.state == Article.State.FAILED
    assert result.article.raw_sha256 == ""


def test_an_address_that_does_not_answer_is_kept_and_tried_again(reader, monkeypatch):
    def unreachable(url, **_):
        raise UnreachableError("No connection to times.example.org: check the address, or try again later.")

    monkeypatch.setattr(ingest, "fetch", unreachable)
    failed = ingest.ingest_url(url=ADDRESS, now=NOW)
    assert (failed.article.state, failed.article.url) == ("failed", ADDRESS)
    assert "try again later" in failed.error
    assert ingest.ingest_url(url=ADDRESS, now=NOW).article == failed.article
    read = ingested(page(), url=ADDRESS)
    assert (read.article.pk, read.article.state, read.article.error) == (failed.article.pk, "extracted", "")
    assert Incident.objects.count() == 2
    before = rows()
    assert ingest.ingest_url(url=ADDRESS, now=NOW).error
    assert rows() == before


def test_an_error_of_the_extractor_is_stored_and_the_next_article_is_read(reader, monkeypatch, caplog):
    def broken(text, **_):
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "read", broken)
        failed = ingested(url=ADDRESS)
    assert failed.article.state == Article.State.FAILED
    assert "log" in failed.error
    assert f"article {failed.article.pk}" in caplog.text
    assert (Mention.objects.count(), Incident.objects.count()) == (0, 0)
    assert ingested(STORY.replace("2024-01-20", "2024-01-18")).extracted.created == 2
    again = ingested(url=ADDRESS)
    assert (again.article, again.article.state) == (failed.article, Article.State.EXTRACTED)


def test_a_page_that_a_parser_stumbles_over_is_kept_as_failed(monkeypatch):
    def broken(*_, **__):
        raise ValueError("a bug in a library")

    monkeypatch.setattr(ingest, "read_bytes", broken)
    result = ingested(page(), url=ADDRESS)
    assert (result.article.state, result.article.url) == (Article.State.FAILED, ADDRESS)
    assert result.article.raw_sha256


def test_nothing_is_half_written_when_storing_breaks_off(reader, monkeypatch):
    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(extract, "_set_quotes", full)
    result = ingested(url=ADDRESS)
    assert result.error
    assert [Mention.objects.count(), Incident.objects.count(), IncidentActor.objects.count()] == [0, 0, 0]
    assert Article.objects.get().state == Article.State.FAILED


def test_a_text_of_two_megabytes_is_read_at_its_beginning(reader):
    result = ingested(STORY + "The rest of the day was quiet in the city and on the roads around it.\n\n" * 28_000)
    assert len(result.article.text) > 1_900_000
    assert Incident.objects.count() == 2
    assert any("first 100,000 characters" in note for note in result.article.notes)


def test_the_wrong_encoding_is_read_all_the_same(reader):
    story = STORY.replace("Residents", "Café owners, “all of them”,")
    ingested(story.encode("cp1252"), content_type="text/plain; charset=utf-8")
    assert "Café owners, “all of them”," in Article.objects.get().text


def test_zero_bytes_and_lone_surrogates_do_not_stop_the_database(reader):
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A\\u0000B \\ud800 C"}</script>'
    result = ingested(page(STORY.replace("Officials", "Offi\x00cials"), head=data), url=ADDRESS, name="")
    assert result.error == ""
    assert "\x00" not in Article.objects.get().text


def test_a_date_in_the_future_is_set_aside_and_noted(reader):
    result = ingested(STORY.replace("January 21, 2024", "January 21, 2031"))
    article = result.article
    assert (article.published_at, article.published_precision) == (None, "unknown")
    assert any("future" in note for note in article.notes)
    assert {incident.reported_on for incident in Incident.objects.all()} == {None}


def test_two_dates_that_disagree_are_noted(reader):
    head = (
        '<meta property="article:published_time" content="2024-01-21T09:30:00Z">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Drone strike in the Iraqi capital", '
        '"datePublished": "2023-11-02T09:30:00Z"}</script>'
    )
    body = STORY.replace("Published: January 21, 2024 09:30 GMT\n\n", "")
    article = ingested(page(body, head=head), url=ADDRESS, name="").article
    assert article.published_at is not None
    assert any("2023-11-02" in note or "2024-01-21" in note for note in article.notes)


def test_an_article_without_a_place_gives_candidates_without_a_point(gazetteer_path):
    result = ingested(
        "A roadside bomb killed three soldiers on Friday, the ministry of defence said in a short statement that named "
        "no town.\n\nTwo more soldiers were wounded in the explosion, it added.\n"
    )
    assert result.error == ""
    assert all(incident.cell is None for incident in Incident.objects.all())
    assert Article.objects.get().state == "extracted"


def test_what_tells_of_no_attack_gives_no_candidate(gazetteer_path):
    result = ingested(
        "The city council of Lyon approved a new tram line on Thursday.\n\nWork begins in spring and takes four years, "
        "the mayor said, and the first trams are to run in 2029.\n"
    )
    assert (result.error, result.extracted.created, Article.objects.get().state) == ("", 0, "extracted")


def test_another_language_is_stored_and_left_for_a_person(reader):
    result = ingested(
        "Une frappe de drone a visé samedi une maison de la capitale irakienne. Deux personnes ont été tuées et cinq "
        "autres blessées, selon la police, qui a ouvert une enquête sur les circonstances de l'attaque."
    )
    article = result.article
    assert (article.language, article.state, reader.runs) == ("fr", Article.State.READ, 0)
    assert any("not English" in note for note in article.notes)
    before = rows()
    ingested(article.text)
    assert rows() == before


# Trusted input


def test_trusted_input_is_published_but_for_what_may_be_there_already(reader):
    article = ingested(url=ADDRESS).article
    moderator = make_moderator()
    known = make_incident(published=True)
    published, left = ingest.publish_found(article=article, by=moderator)
    assert [incident.kind for incident in published] == ["bombing"]
    assert [incident.kind for incident in left] == ["drone-strike"]
    assert set(Incident.objects.published()) == {known, *published}
    assert published[0].reviewed_by == moderator
    assert ingest.publish_found(article=article, by=moderator) == ([], left)


def test_a_preview_writes_nothing(reader):
    reading, found = ingest.preview_bytes(content=STORY.encode(), now=NOW)
    assert reading.title == "Drone strike in the Iraqi capital"
    assert [finding.fields["kind"] for finding in found] == ["drone-strike", "bombing", "drone-strike"]
    assert (Article.objects.count(), Source.objects.count(), Mention.objects.count()) == (0, 0, 0)
