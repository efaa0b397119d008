"""Several rooms, rooms with parts of parts, extras and own minutes, as programs ask for them."""

import pytest

from buurthuis.venues.models import Approval
from tests.api.asking import wish
from tests.api.conftest import statements
from tests.builders import a_booking, a_person, a_room, a_venue, an_extra, an_initiative, friday


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def cafe(bram):
    return an_initiative(bram)


@pytest.fixture
def venue(app):
    return a_venue("blue")


@pytest.fixture
def hall(venue):
    return a_room(venue, slug="hall", approval=Approval.ALWAYS, own_buffer_minutes=60)


def test_rooms_are_booked_together_and_cancelled_together(program, bram, cafe, hall, venue):
    a_room(venue, slug="kitchen", approval=Approval.ALWAYS)
    api = program(bram)
    asked = wish(hall, cafe, 10, 12, also=["kitchen"])

    made = api.post("/bookings", asked, key="one")
    assert made.status == 201
    assert api.post("/bookings", asked, key="one").body == made.body
    found = api.get("/bookings").items
    assert [(each["room"], each["bundle"]) for each in found] == [
        ("hall", made.body["bundle"]),
        ("kitchen", made.body["bundle"]),
    ]

    gone = api.post(f"/bookings/{made.body['id']}/cancel", {"whole_bundle": True})

    assert gone.body["status"] == "cancelled"
    assert {each["status"] for each in api.get("/bookings").items} == {"cancelled"}


def test_all_rooms_or_none(program, bram, cafe, hall, venue):
    kitchen = a_room(venue, slug="kitchen", approval=Approval.ALWAYS)
    a_booking(kitchen, friday(11, 12))

    refused = program(bram).post("/bookings", wish(hall, cafe, 10, 12, also=["kitchen"]))

    assert (refused.status, refused.code) == (409, "room-taken")
    assert program(bram).get("/bookings").items == []


def test_a_garden_alone_is_refused_and_not_offered(program, bram, cafe, hall, venue):
    garden = a_room(venue, slug="garden", approval=Approval.ALWAYS, only_with=[hall])
    api = program(bram)
    when = {"from_": "2026-03-13T10:00:00+01:00", "to": "2026-03-13T12:00:00+01:00"}

    assert [each["slug"] for each in api.get("/free", **when).items] == ["hall"]
    assert api.post("/bookings", wish(garden, cafe, 10, 12)).status == 422
    assert api.post("/bookings", wish(garden, cafe, 10, 12, also=["hall"])).status == 201
    rooms = {each["slug"]: each for each in api.get("/rooms").items}
    assert rooms["garden"]["only_with"] == ["hall"]


def test_a_part_of_a_part_keeps_the_whole_away(program, bram, cafe, venue):
    small = a_room(venue, slug="small", approval=Approval.ALWAYS)
    half = a_room(venue, slug="half", parts=[small, a_room(venue)], approval=Approval.ALWAYS)
    whole = a_room(venue, slug="whole", parts=[half, a_room(venue)], approval=Approval.ALWAYS)
    a_booking(small, friday(10, 12))
    api = program(bram)

    for room in (half, whole):
        assert api.post("/bookings", wish(room, cafe, 11, 13)).code == "room-taken"
    assert api.post("/bookings", wish(whole, cafe, 12, 14)).status == 201
    assert api.post("/bookings", wish(small, cafe, 13, 15)).code == "room-taken"


def test_extras_and_own_minutes(program, bram, cafe, hall):
    an_extra(hall.venue, "Beamer", slug="beamer", stock=1)
    api = program(bram)
    asked = wish(hall, cafe, 10, 12, setup_minutes=30)
    asked["extras"] = [{"slug": "beamer", "quantity": 1}]

    made = api.post("/bookings", asked)

    assert made.body["extras"] == [{"slug": "beamer", "quantity": 1}]
    assert (made.body["setup_minutes"], made.body["teardown_minutes"]) == (30, 0)
    assert made.body["price"]["total_cents"] == 2000
    address = f"/bookings/{made.body['id']}"
    more = api.patch(address, {"extras": [{"slug": "beamer", "quantity": 2}]})
    assert (more.status, more.code) == (409, "out-of-stock")
    assert api.patch(address, {"extras": []}).body["extras"] == []
    assert api.patch(address, {"extras": [], "title": "x"}).status == 422


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("extras", [{"slug": "piano", "quantity": 1}]),
        ("extras", [{"slug": "beamer", "quantity": 0}]),
        ("extras", [{"slug": "beamer", "quantity": True}]),
        ("extras", [{"slug": "beamer"}]),
        ("extras", "beamer"),
        ("extras", [{}] * 101),
        ("also", ["nowhere"]),
        ("also", [7]),
        ("setup_minutes", -1),
        ("setup_minutes", "30"),
    ],
)
def test_what_makes_no_sense_is_told_by_field(program, bram, cafe, hall, field, value):
    refused = program(bram).post("/bookings", wish(hall, cafe, 10, 12, **{field: value}))

    assert refused.status == 422
    assert list(refused.errors) == [field]


def test_a_list_asks_no_more_for_more_extras(program, bram, cafe, hall):
    beamer = an_extra(hall.venue, stock=None)
    asked = {"extras": [{"slug": beamer.slug, "quantity": 1}]}
    api = program(bram)
    api.post("/bookings", wish(hall, cafe, 10, 12) | asked)
    api.get("/rooms")
    with statements() as few:
        api.get("/bookings")
    for hour in (12, 14, 16):
        api.post("/bookings", wish(hall, cafe, hour, hour + 1) | asked)

    with statements() as many:
        assert len(api.get("/bookings").items) == 4

    assert len(many) == len(few)
