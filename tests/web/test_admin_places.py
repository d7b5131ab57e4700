"""Local places at the desk: the map's search, the form, and what a place would change before it is saved."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from incidents.models import Incident, LocalPlace
from incidents.workflows import review
from tests.factories import make_article, make_incident, make_local_place, make_mention, make_moderator, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_places")]
FIND = "admin:incidents_localplace_find"
ADD = "admin:incidents_localplace_add"
TEXT = "A drone hit a house near Dar al Salam on Saturday. <script>alert(1)</script>"


@pytest.fixture
def moderator(client):
    user = make_moderator(username="amira")
    client.force_login(user)
    return user


@pytest.fixture
def reader(client):
    """May look at places and change nothing."""
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_localplace", "view_incident"]))
    client.force_login(user)
    return user


def given(**fields) -> dict[str, str]:
    """The form as a browser sends it."""
    filled = {"name": "Dar as-Salam", "aliases": "Dar al-Salam", "level": "neighbourhood", "country": "IQ"}
    filled |= {
        "province": "",
        "latitude": "33.5",
        "longitude": "44.4",
        "radius_m": "2000",
        "geonames_id": "",
        "note": "",
    }
    return filled | fields


def named(**fields) -> Incident:
    incident = make_incident(mentions=0, **fields)
    start = TEXT.index("Dar al Salam")
    make_mention(incident=incident, article=make_article(text=TEXT), quotes=[("place", start, start + 12)])
    return incident


def find(client, **asked) -> dict:
    answer = client.get(reverse(FIND), asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


# The search


def test_a_name_gives_what_it_may_mean_with_scores_and_where_each_leads(client, moderator):
    first, second = find(client, q="Paris")["places"]
    assert (first["country"], first["population"], first["level"], first["source"]) == (
        "FR",
        2_100_000,
        "town",
        "geonames",
    )
    assert 1 >= first["score"] > second["score"] >= 0
    filled = parse_qs(urlsplit(first["url"]).query)
    assert (filled["name"], filled["latitude"], filled["radius_m"]) == (["Paris"], ["48.853"], ["11000"])
    form = client.get(first["url"]).context["adminform"].form
    assert (form["longitude"].value(), form["country"].value()) == ("2.349", "FR")


def test_people_that_nobody_counted_are_not_0(client, moderator):
    (anbar,) = find(client, q="Anbar")["places"]
    assert anbar["population"] is None


def test_local_places_of_the_name_come_first_and_the_packaged_ones_stay_in_sight(client, moderator):
    mine = make_local_place(name="Elsewhere", aliases=["PARIS"])
    places = find(client, q="paris")["places"]
    assert [place["local"] for place in places] == [True, False, False]
    assert places[0]["url"] == reverse("admin:incidents_localplace_change", args=[mine.pk])


@pytest.mark.parametrize("typed", ["33.5, 44.4", "33.5 44.4", "33°30'N 44°24'E", "33.5; 44.4"])
def test_a_typed_position_leads_to_a_form_filled_with_it(client, moderator, typed):
    (place,) = find(client, q=typed)["places"]
    assert (place["latitude"], place["longitude"]) == pytest.approx((33.5, 44.4))
    assert parse_qs(urlsplit(place["url"]).query) == {"latitude": ["33.50000"], "longitude": ["44.40000"]}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, "Type the name"),
        ({"q": "   "}, "Type the name"),
        ({"q": "x" * 500}, "longer than any name"),
        ({"q": "133.5, 44.4"}, "Exchanged? 44.4, 133.5"),
        ({"q": "133.5, 194"}, "between -90 and 90"),
        ({"box": "1,2,3"}, "south,west,north,east"),
        ({"box": "nan,0,1,1"}, "south,west,north,east"),
        ({"box": "5,0,1,1"}, "south,west,north,east"),
    ],
)
def test_a_question_that_is_none_says_what_is_wrong(client, moderator, asked, why):
    answer = client.get(reverse(FIND), asked)
    assert answer.status_code == (400 if "box" in asked else 200)
    assert why in answer.json()["error"]
    assert answer.json()["places"] == []


def test_the_box_of_the_map_holds_local_and_packaged_places(client, moderator, django_assert_num_queries):
    for number in range(4):
        make_local_place(name=f"Village {number}")
    make_local_place(name="Far", latitude=-10)
    client.get(reverse(FIND), {"q": "x"})
    with django_assert_num_queries(5):  # session, user, two of permissions, places
        found = find(client, box="32,42,35,46")
    assert [place["name"] for place in found["places"]] == [
        *(f"Village {n}" for n in range(4)),
        "Baghdad",
        "Hīt",
        "Anbar",
    ]
    assert (found["more"], found["wide"]) == (False, False)


def test_a_wide_box_holds_local_places_alone_and_a_full_one_says_so(client, moderator, monkeypatch):
    make_local_place(name="Village")
    found = find(client, box="-90,-500,90,500")
    assert ([place["name"] for place in found["places"]], found["wide"]) == (["Village"], True)
    monkeypatch.setattr("incidents.admin.place_find.MOST_IN_BOX", 1)
    assert find(client, box="32,42,35,46")["more"]


def test_the_box_goes_round_the_world(client, moderator):
    make_local_place(name="Taveuni", latitude=-16.8, longitude=-179.9)
    for box in ("-18,178,-16,182", "-18,538,-16,542", "-18,-182,-16,-178"):
        assert [place["name"] for place in find(client, box=box)["places"]] == ["Taveuni", "Waiyevo"]


def test_without_a_gazetteer_the_search_says_how_to_build_it(client, moderator, settings, tmp_path):
    settings.GAZETTEER_PATH = tmp_path / "none.sqlite3"
    answer = client.get(reverse(FIND), {"q": "Paris"})
    assert answer.status_code == 503
    assert "load_gazetteer" in answer.json()["error"]
    make_local_place(name="Village")
    found = find(client, box="32,42,35,46")
    assert ([place["name"] for place in found["places"]], "load_gazetteer" in found["error"]) == (["Village"], True)
    assert client.post(reverse(ADD), given()).status_code == 302


def test_strangers_and_staff_without_rights_find_nothing(client):
    assert client.get(reverse(FIND), {"q": "Paris"}).status_code == 302
    client.force_login(make_user(is_staff=True))
    assert client.get(reverse(FIND), {"q": "Paris"}).status_code == 403
    assert client.post(reverse(FIND), {"q": "Paris"}).status_code == 405


def test_who_may_only_look_is_led_to_no_form_and_sees_no_buttons(client, reader):
    place = make_local_place(name="Village")
    assert [found["url"] for found in find(client, q="Paris")["places"]] == ["", ""]
    assert find(client, q="Village")["places"][0]["action"] == "Look at it"
    page = client.get(reverse("admin:incidents_localplace_change", args=[place.pk])).content.decode()
    assert "See what this would change" not in page
    assert 'name="_save"' not in page
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(reverse(ADD), given(_preview="1")).status_code == 403
    assert (
        'id="place-remember"'
        not in client.get(reverse("admin:incidents_incident_change", args=[named().pk])).content.decode()
    )


# The form


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"latitude": "133.5"}, "Exchanged? 44.4, 133.5 is a position"),
        ({"latitude": "91", "longitude": "181"}, "between -90 and 90"),
        ({"latitude": "44.4", "longitude": "33.5"}, "exchanged it is near Baghdad, IQ"),
        ({"latitude": "north"}, "Enter a number"),
    ],
)
def test_numbers_that_are_no_position_or_the_wrong_way_round_are_refused_in_words(client, moderator, fields, why):
    answer = client.post(reverse(ADD), given(**fields))
    assert why in answer.content.decode()
    assert not LocalPlace.objects.exists()


def test_a_place_far_from_any_town_of_its_country_is_taken(client, moderator):
    assert client.post(reverse(ADD), given(latitude="10", longitude="20")).status_code == 302


def test_looking_shows_what_would_change_and_saves_nothing(client, moderator):
    waiting, published = named(title="Candidate <b>"), named(published=True, title="Published one")
    answer = client.post(reverse(ADD), given(_preview="1"))
    html = answer.content.decode()
    assert not LocalPlace.objects.exists()
    assert "Please correct the error" not in html
    assert "Candidate &lt;b&gt;" in html
    assert "Baghdad (town)" in html
    assert "Dar as-Salam (neighbourhood)" in html
    assert "17.7 km" in html
    assert "18 km from Baghdad, IQ" in html
    assert "<script>alert" not in html
    assert f'name="move" value="{waiting.pk}-1"' in html
    assert f'value="{published.pk}-1"' not in html
    assert 'value="Dar as-Salam"' in html


def test_an_address_may_ask_at_once_and_leaves_out_what_it_cannot_know(client, moderator):
    named()
    filled = {name: value for name, value in given().items() if value} | {"preview": "1"}
    assert "Baghdad (town)" in client.get(reverse(ADD), filled).content.decode()
    del filled["level"]
    html = client.get(reverse(ADD), filled).content.decode()
    assert "Baghdad (town)" not in html
    assert "Please correct" not in html


def test_saving_needs_no_confirmation_when_nothing_published_has_the_name(client, moderator):
    incident = named()
    assert client.post(reverse(ADD), given()).status_code == 302
    assert Incident.objects.get(pk=incident.pk).place_name == "Baghdad"


def test_saving_over_published_incidents_asks_first_and_moves_none_of_them(client, moderator):
    incident = named(published=True)
    html = client.post(reverse(ADD), given()).content.decode()
    assert "1 published incident has this name" in html
    assert not LocalPlace.objects.exists()
    seen = re.search(r'name="seen" value="(\w+)"', html)[1]
    assert client.post(reverse(ADD), given(seen=seen)).status_code == 302
    assert LocalPlace.objects.get().added_by == moderator
    assert Incident.objects.get(pk=incident.pk).place_name == "Baghdad"


def test_what_was_seen_must_be_what_is_there(client, moderator):
    incident = named(published=True)
    html = client.post(reverse(ADD), given(_preview="1")).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', html)[1]
    assert "have this name" not in html.split('id="changes"')[0]
    review.correct(incident=incident, by=moderator, version=1, changes={"latitude": 33.9})
    assert "1 published incident has this name" in client.post(reverse(ADD), given(seen=seen)).content.decode()
    assert (
        "1 published incident has this name"
        in client.post(reverse(ADD), given(seen=seen, latitude="33.6")).content.decode()
    )
    assert not LocalPlace.objects.exists()


def test_a_note_on_a_place_asks_nothing(client, moderator):
    named(published=True)
    place = make_local_place(name="Dar as-Salam", aliases=["Dar al-Salam"], latitude=33.5, longitude=44.4)
    url = reverse("admin:incidents_localplace_change", args=[place.pk])
    assert client.post(url, given(note="From the ministry's map")).status_code == 302
    assert "published incident has" in client.post(url, given(latitude="33.6")).content.decode()


def test_ticked_candidates_move_and_the_others_are_told_of(client, moderator):
    moved, stale, left = named(), named(title="Changed meanwhile"), named()
    ticked = [f"{moved.pk}-{moved.version}", f"{stale.pk}-9", "x-y", "-", "9" * 40]
    html = client.post(reverse(ADD), given(move=ticked), follow=True).content.decode()
    assert "1 candidate was moved there." in html
    assert "Changed meanwhile" in html
    assert "not moved." in html
    names = [Incident.objects.get(pk=each.pk).place_name for each in (moved, stale, left)]
    assert names == ["Dar as-Salam", "Baghdad", "Baghdad"]
    undo = reverse("admin:incidents_incident_undo", args=[moved.reviews.get(decision="correct").pk])
    client.post(undo)
    assert Incident.objects.get(pk=moved.pk).place_name == "Baghdad"


def test_ticks_survive_a_form_that_is_sent_back(client, moderator):
    incident = named()
    html = client.post(reverse(ADD), given(_preview="1", move=f"{incident.pk}-1")).content.decode()
    assert re.search(rf'value="{incident.pk}-1"[^>]*checked', html)


def test_who_may_not_change_incidents_moves_none(client):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_localplace", "view_localplace"]))
    client.force_login(user)
    incident = named()
    assert 'name="move"' not in client.post(reverse(ADD), given(_preview="1")).content.decode()
    assert client.post(reverse(ADD), given(move=f"{incident.pk}-1")).status_code == 302
    assert Incident.objects.get(pk=incident.pk).place_name == "Baghdad"


def test_the_form_asks_as_many_queries_for_many_incidents_as_for_few(client, moderator, django_assert_max_num_queries):
    named()
    client.post(reverse(ADD), given(_preview="1"))
    with django_assert_max_num_queries(20) as few:
        client.post(reverse(ADD), given(_preview="1"))
    for _ in range(6):
        named()
        named(published=True)
    with django_assert_max_num_queries(20) as many:
        client.post(reverse(ADD), given(_preview="1"))
    assert len(many) == len(few)


# From the review page


def test_a_place_picked_by_hand_is_remembered_from_the_review_page(client, moderator):
    incident = named(place_name="River & Farm", province="Anbar")
    html = client.get(reverse("admin:incidents_incident_change", args=[incident.pk])).content.decode()
    link = re.search(r'href="([^"]*)" id="place-remember"', html)[1].replace("&amp;", "&")
    page = client.get(link)
    form = page.context["adminform"].form
    assert (form["name"].value(), form["aliases"].value()) == ("River & Farm", "Dar al Salam")
    assert "What this would change" in page.content.decode()
    assert "Always read “Dar al Salam” as this place" in html
