"""Full text: what is found, what the public may not find, and that any text is a harmless query.

The same expectations on SQLite and on PostgreSQL: both engines find the same incidents in the same rows.
"""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.urls import reverse

from incidents.extraction.types import PlacePrecision
from incidents.models import Incident, SearchText
from incidents.publishing.columns import files
from incidents.query import Query
from incidents.query.tokens import asked, held
from incidents.workflows import extract, review
from incidents.workflows.search import index_all
from tests.factories import (
    make_actor,
    make_article,
    make_incident,
    make_local_place,
    make_mention,
    make_moderator,
    make_role,
    make_source,
)

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"', "'", "''", '""', "AND", "OR NOT", "NEAR(a b, 3)", "words : strike", "p:aleppo", "c:iq", "*", "a*", "(", ")", "(((",
    "-", "--", ";", "\\", "\\'", "':*", "a & b | !c", "<->", "%", "_", "{}", "[a-z]", "^strike", "+", "x\x00y", "\ud83d\udca3",
    "\u202e", "\u0301", "'" * 200, '"' * 200, "a " * 100, "x" * 200, "ﷺ" * 200, "東" * 200, "ก" * 200,
    "drop table incidents_incident", "\u0130", "ß", "\U0001f1ee\U0001f1f6",
]  # fmt: skip


def _found(**params):
    return set(Query.strict(params).apply(Incident.objects.published()).values_list("title", flat=True))


def _incident(title, **fields):
    return make_incident(published=True, title=title, **{"mentions": 0, "weapon": "", **fields})


def test_words_are_found_in_title_summary_weapon_place_code_and_actors(db):
    incident = _incident("Attack on a convoy", summary="Lorries burned.", weapon="mortar shell", place_name="Hīt")
    make_role(incident, make_actor("Example Brigade", aliases=["Liwa al-Mithal"]))
    for q in ("convoy", "LORRIES", "burn", "mortar", "hit", "baghdad", incident.code, "brigade", "mithal"):
        assert _found(q=q) == {incident.title}, q
    assert _found(q="convoy tank") == set()
    assert _found(q="onvoy") == set()


def test_quotes_of_its_mentions_are_found_but_not_where_the_place_is_capped(db):
    incident = _incident("Attack", mentions=1)
    assert _found(q="people were killed") == {"Attack"}
    incident.public_precision = PlacePrecision.COUNTRY
    incident.save()
    assert _found(q="people were killed") == set()


def test_quotes_go_with_their_mention(db):
    incident = _incident("Attack", mentions=1)
    incident.mentions.all().delete()
    assert _found(q="drone house") == set()


def test_accents_case_and_apostrophes_do_not_matter(db):
    _incident("Fusée sur Málaga, Łódź et Sana'a")
    for q in ("fusee", "FUSÉE", "malaga", "lodz", "łódź", "sanaa", "sana’a", "ma\u0301laga"):
        assert len(_found(q=q)) == 1, q


@pytest.mark.parametrize(
    ("q", "name", "country", "point"),
    [
        ("Halab", "Aleppo", "SY", (36.2, 37.16)),
        ("Alep", "Aleppo", "SY", (36.2, 37.16)),
        ("حلب", "Aleppo", "SY", (36.2, 37.16)),
        ("Kiev", "Kyiv", "UA", (50.45, 30.52)),
        ("Київ", "Kyiv", "UA", (50.45, 30.52)),
        ("Kyiv", "Kiev", "UA", (50.45, 30.52)),
        ("Dayr az-Zawr", "Deir ez-Zor", "SY", (35.34, 40.14)),
        ("Mossoul", "Mosul", "IQ", (36.34, 43.12)),
    ],
)
def test_a_place_is_found_by_its_other_names(db, gazetteer_path, q, name, country, point):
    _incident("Attack", place_name=name, country=country, province="", latitude=point[0], longitude=point[1])
    _incident("Elsewhere", place_name="Hīt", province="Anbar")
    assert _found(q=q) == _found(place=q) == {"Attack"}


def test_a_place_is_found_by_the_names_that_a_moderator_gave_it(db):
    make_local_place(name="Example Village", aliases=["Old Mill", None])
    _incident("Attack", place_name="Example Village")
    assert _found(q="old mill") == _found(place="Old Mill") == {"Attack"}


def test_a_capped_place_is_found_by_its_public_name_alone(db, gazetteer_path):
    _incident(
        "Attack",
        place_name="Aleppo",
        country="SY",
        province="Idlib",
        public_precision=PlacePrecision.PROVINCE,
        mentions=1,
    )
    for hidden in ("Aleppo", "Halab", "حلب"):
        assert _found(q=hidden) == _found(place=hidden) == set()
    assert _found(q="Idlib") == _found(place="Syria") == {"Attack"}


def test_only_what_is_published_is_indexed_and_a_withdrawn_one_leaves_no_word(db):
    moderator = make_moderator()
    incident = make_incident(title="Attack on a convoy")
    assert not SearchText.objects.exists()
    review.publish(incident=incident, by=moderator)
    assert _found(q="convoy") == {incident.title}
    review.correct(incident=incident, by=moderator, version=incident.version, changes={"title": "Attack on a bridge"})
    assert (_found(q="convoy"), _found(q="bridge")) == (set(), {"Attack on a bridge"})
    review.reject(incident=incident, by=moderator, reason="wrong")
    assert not SearchText.objects.exists()


def test_quotes_that_a_newer_extractor_finds_are_followed(db):
    incident = _incident("Attack", mentions=1)
    words = SimpleNamespace(field="kind", start=3, end=9, text="a rocket barrage")
    extract._set_quotes(incident.mentions.get(), SimpleNamespace(words=[words]))
    assert _found(q="barrage") == {"Attack"}
    assert _found(q="drone hit a house") == set()


def test_words_move_with_the_mentions_of_a_merged_incident_and_back(db):
    moderator = make_moderator()
    kept, merged = _incident("Attack"), _incident("Other", mentions=1)
    done = review.merge(incident=merged, into=kept, by=moderator)
    assert _found(q="drone hit a house") == {"Attack"}
    review.undo(review=done, by=moderator)
    assert _found(q="drone hit a house") == {"Other"}


def test_words_go_with_the_mentions_that_are_split_off(db):
    moderator = make_moderator()
    incident = _incident("Attack", mentions=1)
    make_mention(incident=incident, article=make_article(), quotes=[])
    quoting = incident.mentions.exclude(quotes=None).distinct()
    review.split(incident=incident, mentions=list(quoting), by=moderator)
    assert _found(q="drone hit a house") == set()


def test_a_deleted_incident_and_a_renamed_actor_are_followed(db):
    incident, actor = _incident("Attack"), make_actor("Example Brigade")
    role = make_role(incident, actor)
    actor.name = "Example Legion"
    actor.save()
    assert (_found(q="brigade"), _found(q="legion")) == (set(), {"Attack"})
    role.delete()
    assert _found(q="legion") == set()
    incident.delete()
    assert not SearchText.objects.exists()
    assert _found(q="attack") == set()


def test_a_deleted_incident_with_mentions_leaves_no_word(db):
    _incident("Attack", mentions=2).delete()
    assert not SearchText.objects.exists()


def test_niger_is_not_nigeria(db):
    _incident("One", place_name="Niger", country="NE", province="", place_precision="country")
    _incident("Two", place_name="Nigeria", country="NG", province="", place_precision="country")
    assert _found(place="Niger") == _found(place="NE") == {"One"}
    assert _found(q="Niger") == {"One", "Two"}


def test_the_weapon_is_looked_for_in_the_weapon_alone(db):
    _incident("Drone shot down", weapon="missile")
    assert (_found(weapon="drone"), _found(weapon="miss")) == (set(), {"Drone shot down"})


@pytest.mark.parametrize("key", ["q", "place", "weapon"])
@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_a_harmless_query(client, key, text):
    _incident("Strike on Aleppo: 5 killed", weapon="a b c")
    query = Query.from_params({key: text})
    assert len(query.apply(Incident.objects.published())) <= 1
    assert query.changed(**{key: ""}).apply(Incident.objects.published()).count() == 1


def test_what_holds_no_word_finds_nothing(db):
    _incident("Strike (on) “Aleppo” - 5% * killed")
    for text in ("(", "*", "%", '"', "\U0001f4a3"):
        assert _found(q=text) == _found(place=text) == _found(weapon=text) == set()


def test_scripts_without_spaces_are_found_by_any_part(db):
    _incident("東京都で爆発")
    assert len(_found(q="東京")) == len(_found(q="京都")) == len(_found(q="爆")) == len(_found(q="発")) == 1
    assert _found(q="京東") == set()


def test_arabic_is_found_whatever_its_vowel_signs_and_keyboards(db):
    _incident("غارة على المدرسة")
    for q in ("غاره", "غَارَة", "المدرسه", "علي"):
        assert len(_found(q=q)) == 1, q


def test_the_index_finds_what_the_words_say(db):
    """Against the rule read in Python over the same rows: so both engines find the same."""
    chance = random.Random(11)
    words = ["drone", "drones", "dr", "Málaga", "mal", "fusée", "o'clock", "5", "50", "حلب", "東京", "Łódź", "re-entry"]
    for number in range(60):
        _incident(f"N{number}x {' '.join(chance.sample(words, 4))}")
    rows = {row.incident_id: row.words.split() for row in SearchText.objects.all()}
    for _ in range(40):
        q = " ".join(chance.sample(words, chance.choice([1, 1, 2, 3])))
        expected = {
            pk
            for pk, tokens in rows.items()
            if all(any(t == a or (t.startswith(a) and len(a) > 1) for t in tokens) for a in asked(q))
        }
        found = set(Query.strict({"q": q}).apply(Incident.objects.published()).values_list("pk", flat=True))
        assert found == expected, q


def test_index_search_makes_the_same_index_anew(many):
    before = dict(SearchText.objects.values_list("pk", "words"))
    assert before
    SearchText.objects.filter(pk__in=list(before)[::3]).delete()
    SearchText.objects.filter(pk__in=list(before)[1::3]).update(words="wrong")
    call_command("index_search", verbosity=0)
    assert dict(SearchText.objects.values_list("pk", "words")) == before
    assert _found(q="wrong") == set()
    assert index_all() == len(before)


def test_a_text_is_found_by_its_own_words():
    for text in ("d'Ivoire", "re-entry", "Sana'a", "東京都", "F-16", "हिन्दी", "ประเทศไทย", "한국", "ﬁre"):
        assert set(asked(text)) <= set(held(text)), text


@pytest.fixture
def version(settings, tmp_path):
    settings.VAR_DIR = tmp_path

    def write():
        return files.write().version

    return write


def matched(client, version, **params):
    response = client.get(reverse("incidents:columns-matches", args=[version]), params)
    assert response.status_code == 200, response.content
    _about, ids = files.about_and_ids(files.path(version))
    bits = response.content
    assert len(bits) == -(-len(ids) // 8)
    found = {int(key) for row, key in enumerate(ids) if bits[row >> 3] >> (row & 7) & 1}
    return found, {int(key) for key in response.headers.get("X-Matches-Changed", "").split(",") if key}


def test_matches_are_the_rows_that_the_query_finds(client, many, version):
    written = version()
    for params in ({"q": "malaga"}, {"place": "iraq"}, {"weapon": "fusee", "q": "incident 1"}, {"q": "("}, {"q": " "}):
        asked_for = Query.strict(params).apply(Incident.objects.published())
        assert matched(client, written, **params) == (set(asked_for.values_list("pk", flat=True)), set()), params


def test_matches_name_what_changed_since_the_file(client, version):
    old, other = _incident("Strike one"), _incident("Attack two")
    written = version()
    new = _incident("Strike three")
    other.title = "Strike two"
    other.save()
    hidden = make_incident(title="Strike four")
    assert hidden.pk
    assert matched(client, written, q="strike")[1] == {new.pk, other.pk}
    assert old.pk in matched(client, written, q="strike")[0]


def test_matches_are_kept_until_something_changes(client, version):
    incident = _incident("Strike")
    address = reverse("incidents:columns-matches", args=[version()])
    first = client.get(address, {"q": "strike"})
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
    assert client.get(address, {"q": "strike"}, **again).status_code == 304
    assert client.get(address, {"q": "attack"}, **again).status_code == 200
    incident.save()
    assert client.get(address, {"q": "strike"}, **again).status_code == 200
    packed = client.get(address, {"q": "strike"}, HTTP_ACCEPT_ENCODING="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"


def test_matches_refuse_what_they_do_not_know(client, version):
    _incident("Strike")
    address = reverse("incidents:columns-matches", args=[version()])
    assert client.get(address, {"kind": "bombing"}).json()["key"] == "kind"
    assert client.get(address, {"q": "x" * 300}).status_code == 400
    assert client.get(reverse("incidents:columns-matches", args=["0-0"]), {"q": "a"}).status_code == 404


def test_an_article_of_another_source_brings_its_words(db):
    incident = _incident("Attack")
    make_mention(incident=incident, article=make_article(source=make_source()))
    assert _found(q="drone hit a house") == {"Attack"}
