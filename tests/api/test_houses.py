"""Houses, rooms, what is free and what it costs, as programs ask for it."""

from decimal import Decimal

import pytest

from buurthuis.foundation.db import db
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import Rate
from buurthuis.venues.models import Feature
from tests.api.asking import span
from tests.api.conftest import statements
from tests.builders import (
    a_card,
    a_confirmed_booking,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    an_initiative,
    friday,
)


def test_anybody_reads_the_houses_and_their_rooms(anybody):
    venue = a_venue("blue", name="Blue House", street="Street 1", city="Amsterdam")
    a_room(venue, slug="hall", capacity=80)
    a_room(venue, slug="nook", capacity=4)

    (house,) = anybody.get("/venues").items

    assert (house["slug"], house["name"]) == ("blue", "Blue House")
    assert house["address"] == "Street 1, Amsterdam"
    assert (house["capacity"], house["rooms"]) == (80, ["hall", "nook"])


def test_a_room_says_what_it_offers_and_what_it_is_made_of(anybody):
    venue = a_venue("blue")
    left, right = a_room(venue, slug="left"), a_room(venue, slug="right")
    a_room(venue, slug="hall", parts=[left, right], area_m2=Decimal("37.5"), capacity=60)
    a_room(slug="elsewhere", features=[Feature.PIANO, Feature.BEAMER])

    rooms = {room["slug"]: room for room in anybody.get("/rooms").items}

    assert set(rooms) == {"left", "right", "hall", "elsewhere"}
    assert rooms["hall"]["parts"] == ["left", "right"]
    assert (rooms["hall"]["venue"], rooms["hall"]["capacity"]) == ("blue", 60)
    assert rooms["hall"]["area_m2"] == 37.5
    assert rooms["elsewhere"]["features"] == ["beamer", "piano"]
    assert rooms["left"]["parts"] == []


def test_rooms_can_be_asked_of_one_house(anybody):
    a_room(a_venue("blue"), slug="hall")
    a_room(a_venue("red"), slug="studio")

    assert [room["slug"] for room in anybody.get("/rooms", venue="red").items] == ["studio"]
    assert anybody.get("/rooms", venue="green").status == 404


def test_a_taken_room_is_not_free_and_is_free_again_after_it(anybody):
    room = a_room(slug="hall", capacity=20)
    a_confirmed_booking(room, friday(10, 12))

    assert anybody.get("/free", **span(11, 13)).items == []
    (free,) = anybody.get("/free", **span(12, 14)).items
    assert (free["slug"], free["from"]) == ("hall", "2026-03-13T12:00:00+01:00")
    assert free["price"]["total_cents"] == 2000


def test_only_rooms_in_which_the_people_fit_are_free(anybody):
    venue = a_venue("blue")
    a_room(venue, slug="nook", capacity=4)
    a_room(venue, slug="hall", capacity=40)
    a_room(slug="studio", capacity=40)

    found = anybody.get("/free", **span(10, 12), people=5, venue="blue").items

    assert [room["slug"] for room in found] == ["hall"]


def test_a_room_without_a_price_for_that_time_is_not_offered(anybody):
    venue = a_venue()
    room = a_room(venue, hourly_cents=None)
    evening = {"name": "evening", "starts_minute": 18 * 60, "ends_minute": 22 * 60}
    db.session.add(
        Rate(card_id=a_card(venue).id, room_id=room.id, unit="part", cents=5000, **evening)
    )

    assert anybody.get("/free", **span(10, 12)).items == []
    assert len(anybody.get("/free", **span(18, 22)).items) == 1
    refused = anybody.get("/quote", room=room.slug, **span(10, 12))
    assert (refused.status, refused.code, list(refused.errors)) == (422, "invalid", ["from"])


def test_a_moment_without_an_offset_is_refused_by_its_field(anybody):
    asked = {**span(10, 12), "to": "2026-03-13T12:00:00"}

    refused = anybody.get("/free", **asked)

    assert (refused.status, refused.code) == (422, "invalid")
    assert list(refused.errors) == ["to"]
    assert "offset" in refused.errors["to"][0]


def test_a_plus_that_arrives_as_a_space_is_accepted(anybody):
    a_room(slug="hall")

    found = anybody.send("GET", "/free?from=2026-03-13T10:00:00+01:00&to=2026-03-13T12:00:00+01:00")

    assert [room["slug"] for room in found.items] == ["hall"]


def test_moments_of_any_offset_are_answered_on_amsterdams_clock(anybody):
    a_room()

    asked = {"from": "2026-07-10T06:00:00Z", "to": "2026-07-10T13:30:00+05:30"}
    (free,) = anybody.get("/free", **asked).items

    assert free["from"] == "2026-07-10T08:00:00+02:00"
    assert free["to"] == "2026-07-10T10:00:00+02:00"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": ""}, "from"),
        ({"from": "tomorrow"}, "from"),
        ({"from": "2026-02-31T10:00:00+01:00"}, "from"),
        ({"to": "2026-03-13T09:00:00+01:00"}, "to"),
        ({"to": "2026-03-13T10:00:00+01:00"}, "to"),
        ({"to": "2126-03-13T10:00:00+01:00"}, "to"),
        ({"people": "0"}, "people"),
        ({"people": "many"}, "people"),
        ({"people": "²"}, "people"),
        ({"people": "9" * 30}, "people"),
        ({"purpose": "war"}, "purpose"),
        ({"limit": "201"}, "limit"),
        ({"after": "nowhere"}, "after"),
    ],
)
def test_what_makes_no_sense_in_a_query_is_refused_by_its_field(anybody, asked, field):
    refused = anybody.get("/free", **{**span(10, 12), **asked})

    assert (refused.status, refused.code) == (422, "invalid")
    assert list(refused.errors) == [field]


def test_a_quote_explains_the_price_line_by_line(anybody):
    room = a_room(hourly_cents=1250)

    quote = anybody.get("/quote", room=room.slug, **span(10, 12)).body

    assert (quote["list_cents"], quote["total_cents"]) == (2500, 2500)
    assert quote["reason"] == "visitor"
    assert quote["explanation"].startswith("This is the normal price.")
    (line,) = quote["lines"]
    assert (line["kind"], line["text"], line["cents"]) == ("hour", "2 hours", 2500)


def test_a_quote_for_my_initiative_has_its_discount_and_the_reason(program):
    bram = a_person("Bram")
    cafe = an_initiative(bram, kind=Kind.SOCIAL_ENTERPRISE)
    a_recognition(cafe, Kind.SOCIAL_ENTERPRISE)
    room = a_room(hourly_cents=1000)

    quote = (
        program(bram).get("/quote", room=room.slug, **span(10, 12), initiative=str(cafe.id)).body
    )

    assert (quote["list_cents"], quote["discount_cents"], quote["total_cents"]) == (2000, 1300, 700)
    assert quote["reason"] == "standing"
    assert "social enterprise" in quote["explanation"]


def test_a_quote_for_somebody_elses_initiative_is_refused(program, anybody):
    cafe = an_initiative(a_person("Bram"))
    room = a_room()
    asked = {"room": room.slug, **span(10, 12)}
    dirk = program(a_person("Dirk"))

    refused = dirk.get("/quote", **asked, initiative=str(cafe.id))

    assert (refused.status, refused.code) == (403, "not-allowed")
    assert dirk.get("/quote", **asked, initiative="999999").body == refused.body
    assert dirk.get("/quote", **asked, initiative="x").body == refused.body
    assert anybody.get("/quote", **asked, initiative=str(cafe.id)).status == 401


def test_a_quote_for_a_room_that_is_not_there_is_not_found(anybody):
    refused = anybody.get("/quote", room="nowhere", **span(10, 12))

    assert (refused.status, refused.code) == (404, "not-found")


def test_a_party_costs_what_the_house_asks_for_a_party(anybody):
    venue = a_venue()
    a_card(venue, party_multiplier_bp=20000, party_cleaning_cents=5000)
    room = a_room(venue)

    quote = anybody.get("/quote", room=room.slug, **span(18, 22), purpose="party").body

    assert (quote["list_cents"], quote["surcharge_cents"]) == (4000, 9000)


def test_a_list_goes_on_where_its_page_ended(anybody):
    slugs = [f"room-{number:02}" for number in range(7)]
    venue = a_venue()
    for slug in slugs:
        a_room(venue, slug=slug)

    seen, answer = [], anybody.get("/free", **span(10, 12), limit=3)
    for _page in range(3):
        seen += [room["slug"] for room in answer.items]
        if answer.body["next"] is not None:
            answer = anybody.send("GET", answer.body["next"])

    assert seen == slugs
    assert answer.body["next"] is None


def test_more_rooms_cost_no_more_statements(anybody):
    for _house in range(2):
        a_room(a_venue(), features=[Feature.PIANO])

    def count(path, **asked):
        anybody.get(path, **asked)
        with statements() as sent:
            anybody.get(path, **asked)
        return len(sent)

    calls = [("/venues", {}), ("/rooms", {}), ("/free", span(10, 12))]
    before = [count(path, **asked) for path, asked in calls]
    for _house in range(4):
        venue = a_venue()
        for number in range(3):
            a_confirmed_booking(a_room(venue), friday(10 + number, 11 + number))

    assert [count(path, **asked) for path, asked in calls] == before


def test_the_night_of_the_clock_change_is_told_by_its_offset(anybody):
    room = a_room(hourly_cents=1000)

    quote = anybody.get(
        "/quote",
        room=room.slug,
        from_="2026-03-28T20:00:00+01:00",
        to="2026-03-29T04:00:00+02:00",
    ).body

    assert quote["list_cents"] == 8000
    assert rfc3339(friday(10, 12).start).endswith("+01:00")
