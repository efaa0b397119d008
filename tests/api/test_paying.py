"""How a program chooses a way to pay, and what it reads of a place that is kept until it is paid."""

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import paying
from buurthuis.rules.paying.ways import Way
from buurthuis.venues.models import Approval
from tests.api.asking import wish
from tests.api.conftest import statements
from tests.bookings.paying.offering import offers
from tests.builders import a_person, a_role, a_room, a_venue, an_initiative


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def cafe(bram):
    return an_initiative(bram)


@pytest.fixture
def venue(app, monkeypatch):
    """A house that can be paid online, on invoice and at the desk."""
    monkeypatch.setattr(paying, "_online", [lambda _slug: True])
    house = a_venue("blue")
    offers(house, Way.ONLINE, Way.INVOICE, Way.DESK)
    return house


@pytest.fixture
def hall(venue):
    return a_room(venue, slug="hall", approval=Approval.ALWAYS)


def test_who_pays_online_reads_until_when_and_where(app, program, bram, cafe, hall):
    made = program(bram).post("/bookings", wish(hall, cafe, 10, 12, pay="online"))

    assert made.status == 201
    number = made.body["id"]
    told = {name: made.body[name] for name in ("status", "pays_by", "pay_until", "pay_url")}
    assert told == {
        "status": "held",
        "pays_by": "online",
        "pay_until": "2026-03-02T09:40:00+01:00",
        "pay_url": f"{app.config['BASE_URL']}/bookings/{number}/pay",
    }
    again = program(bram).get(f"/bookings/{number}").body
    assert {name: again[name] for name in told} == told


def test_who_says_nothing_has_nothing_to_do_now(program, bram, cafe, hall):
    made = program(bram).post("/bookings", wish(hall, cafe, 10, 12))

    assert (made.body["status"], made.body["pays_by"]) == ("confirmed", "invoice")
    assert (made.body["pay_until"], made.body["pay_url"]) == (None, None)


def test_where_one_can_only_pay_online_the_place_is_kept(program, bram, cafe, monkeypatch):
    monkeypatch.setattr(paying, "_online", [lambda _slug: True])
    house = a_venue("green")
    offers(house, Way.ONLINE)
    hall = a_room(house, slug="hall", approval=Approval.ALWAYS)

    made = program(bram).post("/bookings", wish(hall, cafe, 10, 12))

    assert (made.body["status"], made.body["pays_by"]) == ("held", "online")


def test_several_rooms_are_kept_together(program, bram, cafe, hall):
    a_room(hall.venue, slug="kitchen", approval=Approval.ALWAYS)

    made = program(bram).post("/bookings", wish(hall, cafe, 10, 12, also=["kitchen"], pay="online"))

    bundle = [
        each
        for each in program(bram).get("/bookings").body["items"]
        if each["bundle"] == made.body["bundle"]
    ]
    assert [each["status"] for each in bundle] == ["held", "held"]
    assert len({each["pay_until"] for each in bundle}) == 1


@pytest.mark.parametrize("way", ["none", "shells", 7])
def test_only_ways_that_exist(program, bram, cafe, hall, way):
    answer = program(bram).post("/bookings", wish(hall, cafe, 10, 12, pay=way))

    assert answer.status == 422
    assert "pay" in answer.errors


def test_only_ways_that_the_house_offers(program, bram, cafe):
    hall = a_room(a_venue("green"), slug="hall", approval=Approval.ALWAYS)

    answer = program(bram).post("/bookings", wish(hall, cafe, 10, 12, pay="online"))

    assert (answer.status, answer.code) == (422, "invalid")
    assert answer.errors["pay"] == [
        "This group cannot pay in that way here. Choose: Later, on an invoice, At the desk."
    ]


def test_a_series_is_asked_for_no_way(program, bram, cafe, hall):
    answer = program(bram).post(
        "/series", wish(hall, cafe, 10, 12, rrule="FREQ=WEEKLY;COUNT=2", pay="online")
    )

    assert {(each["status"], each["pays_by"]) for each in answer.body["booked"]} == {
        ("confirmed", "invoice")
    }


def test_a_kept_place_is_given_back_and_not_changed(program, bram, cafe, hall):
    number = program(bram).post("/bookings", wish(hall, cafe, 10, 12, pay="online")).body["id"]

    moved = program(bram).patch(f"/bookings/{number}", {"to": "2026-03-13T13:00:00+01:00"})
    assert (moved.status, moved.code) == (409, "wrong-state")
    gone = program(bram).post(f"/bookings/{number}/cancel", {})
    assert (gone.status, gone.body["status"]) == (200, "cancelled")


def test_who_only_counts_does_not_read_how_a_group_pays(program, bram, cafe, hall):
    program(bram).post("/bookings", wish(hall, cafe, 10, 12, pay="online"))
    chandra = a_person("Chandra")
    a_role(chandra, RoleName.BOARD, hall.venue)

    (seen,) = program(chandra).get("/bookings?venue=blue").body["items"]

    assert (seen["pays_by"], seen["pay_until"], seen["pay_url"]) == (None, None, None)


def test_a_booking_that_costs_nothing_notices_nothing(program, bram, cafe, venue):
    """Not one statement more than where nobody ever heard of paying."""
    free = a_room(venue, slug="garden", hourly_cents=0, approval=Approval.ALWAYS)
    elsewhere = a_room(a_venue("green"), slug="yard", hourly_cents=0, approval=Approval.ALWAYS)
    asker = program(bram)
    asker.post("/bookings", wish(elsewhere, cafe, 8, 9))
    asker.post("/bookings", wish(free, cafe, 8, 9))

    with statements() as before:
        asker.post("/bookings", wish(elsewhere, cafe, 10, 12))
    with statements() as after:
        asker.post("/bookings", wish(free, cafe, 14, 16))

    assert len(after) == len(before)
    assert not any("way_to_pay" in each for each in after)
