"""Making and reading bookings, as programs do it."""

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import Rate
from buurthuis.venues.models import Approval
from tests.api.asking import span, times, wish
from tests.api.conftest import statements
from tests.builders import (
    a_booking,
    a_card,
    a_closure,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def cafe(bram):
    return an_initiative(bram)


def test_a_booking_tells_everything_about_itself(program, bram, cafe):
    room = a_room(a_venue("blue"), slug="hall", hourly_cents=1000)

    made = program(bram).post("/bookings", wish(room, cafe, 10, 12, purpose="food", remark="Hi"))

    assert made.status == 201
    body = made.body
    assert len(body.pop("uid")) > 20
    assert int(body.pop("id"))
    assert body == {
        "status": "requested",
        "from": "2026-03-13T10:00:00+01:00",
        "to": "2026-03-13T12:00:00+01:00",
        "room": "hall",
        "venue": "blue",
        "title": "Repair evening",
        "initiative": str(cafe.id),
        "people": 10,
        "purpose": "food",
        "public": False,
        "remark": "Hi",
        "bundle": None,
        "pays_by": "invoice",
        "pay_until": None,
        "pay_url": None,
        "setup_minutes": 0,
        "teardown_minutes": 0,
        "extras": [],
        "series": None,
        "sequence": 0,
        "cancelled_late": False,
        "price": {
            "list_cents": 2000,
            "discount_cents": 0,
            "surcharge_cents": 0,
            "vat_cents": 0,
            "total_cents": 2000,
            "deposit_cents": 0,
            "reason": "not_recognised",
        },
    }


def test_only_the_least_needs_to_be_sent(program, bram, cafe):
    room = a_room(approval=Approval.ALWAYS)
    body = wish(room, cafe, 10, 12)
    del body["people"]

    made = program(bram).post("/bookings", body)

    assert (made.status, made.body["status"]) == (201, "confirmed")
    assert (made.body["people"], made.body["purpose"]) == (None, "other")


def test_status_and_price_are_the_houses_business(program, bram, cafe):
    sent = {"status": "confirmed", "total_cents": 0, "price": {"total_cents": 0}, "id": "1"}

    made = program(bram).post("/bookings", {**wish(a_room(), cafe, 10, 12), **sent})

    assert made.status == 201
    assert made.body["status"] == "requested"
    assert made.body["price"]["total_cents"] == 2000


def test_a_recognised_standing_is_priced_with_its_reason(program, bram, cafe):
    a_recognition(cafe, Kind.RESIDENT_INITIATIVE)

    made = program(bram).post("/bookings", wish(a_room(), cafe, 10, 12))

    assert made.body["price"]["discount_cents"] == 2000
    assert made.body["price"]["reason"] == "standing"


def test_a_taken_room_is_refused_with_other_times_that_can_be_booked(program, bram, cafe):
    room = a_room()
    a_confirmed_booking(room, friday(10, 12))

    refused = program(bram).post("/bookings", wish(room, cafe, 11, 13))

    assert (refused.status, refused.code) == (409, "room-taken")
    assert len(refused.body["alternatives"]) == 3
    for other in refused.body["alternatives"]:
        made = program(bram).post("/bookings", {**wish(room, cafe, 11, 13), **other})
        assert made.status in {201, 409}
        if made.status == 201:
            program(bram).post(f"/bookings/{made.body['id']}/cancel")
    assert made.status == 201


def test_a_place_lost_at_the_last_moment_has_other_times_too(program, bram, cafe, monkeypatch):
    room = a_room()
    a_confirmed_booking(room, friday(10, 12))
    monkeypatch.setattr("buurthuis.bookings.prospects.check", lambda *_, **__: [[]])

    refused = program(bram).post("/bookings", wish(room, cafe, 11, 13))

    assert (refused.status, refused.code) == (409, "room-taken")
    assert len(refused.body["alternatives"]) == 3


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"room": "nowhere"}, "room"),
        ({"room": None}, "room"),
        ({"room": "x\x00"}, "room"),
        ({"from": "2026-03-13T10:00:00"}, "from"),
        ({"from": "2026-03-13T13:00:00+01:00"}, "to"),
        ({"from": 1773392400}, "from"),
        ({"to": "2027-03-13T13:00:00+01:00"}, "to"),
        ({"title": ""}, "title"),
        ({"title": "\u202e \u200b"}, "title"),
        ({"title": "x" * 10_000}, "title"),
        ({"title": ["x"]}, "title"),
        ({"initiative": 1}, "initiative"),
        ({"people": 0}, "people"),
        ({"people": True}, "people"),
        ({"people": 2.5}, "people"),
        ({"people": "10"}, "people"),
        ({"people": 10**30}, "people"),
        ({"people": 21}, "people"),
        ({"purpose": "war"}, "purpose"),
        ({"purpose": {}}, "purpose"),
        ({"public": "yes"}, "public"),
        ({"remark": "x" * 2001}, "remark"),
        ({"remark": 1}, "remark"),
        (times(friday(10, 12, weeks=-4)), "from"),
        (times(friday(10, 12, weeks=100)), "from"),
        (times(friday(7, 9)), "from"),
        (times(friday(22, 24)), "from"),
        (times(friday(10, 10.25)), "to"),
        ({"from": "2026-03-13T10:07:00+01:00"}, "from"),
        ({"to": "2026-03-13T12:07:00+01:00"}, "to"),
        ({"from": "2026-03-12T08:00:00+01:00"}, "to"),
    ],
)
def test_what_cannot_be_booked_is_refused_by_its_field(program, bram, cafe, sent, field):
    refused = program(bram).post("/bookings", {**wish(a_room(), cafe, 10, 12), **sent})

    assert (refused.status, refused.code) == (422, "invalid")
    assert field in refused.errors
    assert program(bram).get("/bookings").items == []


def test_every_wrong_field_is_told_at_once(program, bram):
    refused = program(bram).post("/bookings", {"people": "many"})

    assert list(refused.errors) == ["room", "from", "to", "title", "initiative", "people"]


def test_a_closed_house_is_a_matter_of_the_start(program, bram, cafe):
    room = a_room()
    a_closure(room.venue, friday(9, 18))

    refused = program(bram).post("/bookings", wish(room, cafe, 10, 12))

    assert (refused.status, refused.code, list(refused.errors)) == (
        422,
        "invalid",
        ["from", "room"],
    )


def test_a_time_without_a_price_is_refused_by_its_field(program, bram, cafe):
    room = a_room(a_venue(), hourly_cents=None)
    evening = {"name": "evening", "starts_minute": 18 * 60, "ends_minute": 22 * 60}
    card = a_card(room.venue)
    db.session.add(Rate(card_id=card.id, room_id=room.id, unit="part", cents=5000, **evening))

    refused = program(bram).post("/bookings", wish(room, cafe, 10, 12))

    assert (refused.status, refused.code, list(refused.errors)) == (422, "invalid", ["from"])


def test_nobody_books_for_an_initiative_of_others(program, cafe):
    dirk = program(a_person("Dirk"))
    room = a_room()

    refused = dirk.post("/bookings", wish(room, cafe, 10, 12))
    unknown = dirk.post("/bookings", wish(room, cafe, 10, 12, initiative="999999"))

    assert (refused.status, refused.code) == (403, "not-allowed")
    assert unknown.body == refused.body


def test_everybody_sees_what_they_may_see(program, bram, cafe):
    blue, red = a_venue("blue"), a_venue("red")
    mine = a_booking(a_room(blue), friday(10, 12), by=bram, for_=cafe)
    other = a_booking(a_room(blue), friday(13, 14))
    elsewhere = a_booking(a_room(red), friday(15, 16))
    amina, board, admin = a_person("Amina"), a_person("Chandra"), a_person("Root")
    a_role(amina, RoleName.KEY_HOLDER, red)
    a_role(board, RoleName.BOARD)
    a_role(admin, RoleName.ADMIN)
    every = {mine.id, other.id, elsewhere.id}
    expected = {
        bram: {mine.id},
        a_manager(blue): {mine.id, other.id},
        amina: {elsewhere.id},
        board: every,
        admin: every,
        a_person("Dirk"): set(),
    }

    for person, seen in expected.items():
        asking = program(person)
        assert {int(each["id"]) for each in asking.get("/bookings").items} == seen
        for booking_id in every:
            answer = asking.get(f"/bookings/{booking_id}")
            assert answer.status == (200 if booking_id in seen else 404)


def test_the_board_reads_bookings_without_personal_data(program, bram, cafe):
    venue = a_venue()
    booking = a_booking(
        a_room(venue), friday(10, 12), by=bram, for_=cafe, title="Secret", remark="Call 06"
    )
    chandra, amina = a_person("Chandra"), a_person("Amina")
    a_role(chandra, RoleName.BOARD)
    a_role(amina, RoleName.KEY_HOLDER, venue)

    one = program(chandra).get(f"/bookings/{booking.id}").body
    (listed,) = program(chandra).get("/bookings").items
    for_amina = program(amina).get(f"/bookings/{booking.id}").body

    assert one == {**listed, "change": None, "owed": None, "cancelling": one["cancelling"]}
    assert (one["title"], one["initiative"], one["remark"]) == (None, None, None)
    assert one["people"] == 10
    assert (for_amina["title"], for_amina["remark"]) == ("Secret", None)


def test_a_house_can_be_asked_for_by_name(program, bram, cafe):
    blue, red = a_venue("blue"), a_venue("red")
    a_booking(a_room(blue), friday(10, 12), by=bram, for_=cafe)
    there = a_booking(a_room(red), friday(10, 12), by=bram, for_=cafe)

    (found,) = program(bram).get("/bookings", venue="red").items

    assert found["id"] == str(there.id)
    assert program(bram).get("/bookings", venue="green").status == 404


def test_a_time_filter_means_overlap(program, bram, cafe):
    room = a_room()
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)
    asking = program(bram)

    def finds(**asked):
        return [each["id"] for each in asking.get("/bookings", **asked).items]

    mine = [str(booking.id)]
    assert finds(**span(11, 11.5)) == mine
    assert finds(**span(8, 10)) == []
    assert finds(**span(12, 14)) == []
    assert finds(**{"from": span(11, 12)["from"]}) == mine
    assert finds(**{"from": span(12, 13)["from"]}) == []
    assert finds(to=span(11, 12)["from"]) == mine
    assert finds(to=span(10, 12)["from"]) == []


def test_bookings_come_in_pages_in_a_stable_order(program, bram, cafe):
    venue = a_venue()
    for number in range(3):
        room = a_room(venue)
        for start in (8, 10, 12):
            a_booking(room, friday(start, start + 1), by=bram, for_=cafe, title=f"{number}")
    asking = program(bram)
    whole = asking.get("/bookings").items

    seen, answer = [], asking.get("/bookings", limit=2, venue=venue.slug, **span(8, 20))
    while True:
        assert len(answer.items) <= 2
        seen += answer.items
        if answer.body["next"] is None:
            break
        answer = asking.send("GET", answer.body["next"])

    assert seen == whole
    assert [each["from"] for each in whole] == sorted(each["from"] for each in whole)
    assert len(whole) == 9


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "x"},
        {"after": "99999999999-9999999999"},
        {"after": "99999999999-2147483647"},
        {"after": "1-2-3"},
        {"limit": "0"},
        {"from": "2026-03-13"},
    ],
)
def test_an_odd_page_is_empty_or_refused(program, bram, asked):
    assert program(bram).get("/bookings", **asked).status in {200, 422}


@pytest.mark.parametrize("booking_id", ["0", "x", "1e3", "9" * 40, "-1", "%00", "1.0", "²"])
def test_an_id_that_is_none_is_not_found(program, bram, booking_id):
    refused = program(bram).get(f"/bookings/{booking_id}")

    assert (refused.status, refused.code) == (404, "not-found")


def test_more_bookings_cost_no_more_statements(program, bram, cafe):
    venue = a_venue()
    asking = program(bram)
    a_booking(a_room(venue), friday(10, 12), by=bram, for_=cafe)
    asking.get("/bookings")
    with statements() as few:
        asking.get("/bookings")

    for _room in range(5):
        a_booking(a_room(venue), friday(10, 12), by=bram, for_=cafe)
    with statements() as many:
        asking.get("/bookings")

    # A list that has not changed is remembered; one that has asks for the bookings and their extras.
    assert len(many) <= len(few) + 1 <= 5


def test_booking_takes_few_statements(program, bram, cafe):
    room = a_room(a_venue())
    a_manager(room.venue)
    asking = program(bram)
    asking.post("/bookings", wish(room, cafe, 8, 9))
    body = wish(room, cafe, 10, 12)

    with statements() as sent:
        assert asking.post("/bookings", body).status == 201

    assert len(sent) <= 18, sent
