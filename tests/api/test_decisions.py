"""Changing, approving, refusing and cancelling a booking, as programs do it."""

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.venues.models import Approval
from tests.api.asking import span, wish
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
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


@pytest.fixture
def room(app):
    return a_room(a_venue("blue"), slug="hall")


@pytest.fixture
def request_of_bram(room, bram, cafe):
    return a_booking(room, friday(10, 12), by=bram, for_=cafe)


@pytest.fixture
def manager(program, room):
    return program(a_manager(room.venue))


def test_a_manager_approves_a_request(manager, request_of_bram):
    approved = manager.post(f"/bookings/{request_of_bram.id}/approve")

    assert (approved.status, approved.body["status"]) == (200, "confirmed")


def test_a_manager_refuses_a_request_with_a_reason(manager, request_of_bram):
    path = f"/bookings/{request_of_bram.id}/refuse"

    assert list(manager.post(path, {}).errors) == ["reason"]
    assert list(manager.post(path, {"reason": " \u200b "}).errors) == ["reason"]
    refused = manager.post(path, {"reason": "The floor is being painted."})

    assert (refused.status, refused.body["status"]) == (200, "refused")


def test_whoever_comes_second_hears_that_it_was_decided(manager, request_of_bram):
    manager.post(f"/bookings/{request_of_bram.id}/approve")

    for verb, body in (("approve", None), ("refuse", {"reason": "No."})):
        late = manager.post(f"/bookings/{request_of_bram.id}/{verb}", body)
        assert (late.status, late.code) == (409, "wrong-state")


def test_a_booker_cancels_and_frees_the_room(program, bram, cafe, room, request_of_bram):
    asking = program(bram)

    cancelled = asking.post(f"/bookings/{request_of_bram.id}/cancel")
    again = asking.post(f"/bookings/{request_of_bram.id}/cancel", {})
    anew = asking.post("/bookings", wish(room, cafe, 10, 12))

    assert (cancelled.status, cancelled.body["status"]) == (200, "cancelled")
    assert (again.status, again.code) == (409, "wrong-state")
    assert anew.status == 201


def test_a_place_that_went_to_somebody_else_cannot_be_approved(program, bram, cafe):
    venue = a_venue(requests_occupy=False)
    room = a_room(venue)
    waiting = a_booking(room, friday(10, 12), by=bram, for_=cafe)
    a_confirmed_booking(room, friday(11, 13))

    late = program(a_manager(venue)).post(f"/bookings/{waiting.id}/approve")

    assert (late.status, late.code) == (409, "room-taken")
    assert late.body["alternatives"]


def test_one_may_not_do_what_one_may_only_see(program, bram, room, request_of_bram):
    amina, chandra = a_person("Amina"), a_person("Chandra")
    a_role(amina, RoleName.KEY_HOLDER, room.venue)
    a_role(chandra, RoleName.BOARD)
    one = f"/bookings/{request_of_bram.id}"

    for person, verbs in ((bram, ["approve", "refuse"]), (amina, ALL), (chandra, ALL)):
        for verb in verbs:
            refused = program(person).post(f"{one}/{verb}", {})
            assert (refused.status, refused.code) == (403, "not-allowed")
    assert program(amina).patch(one, {"title": "Mine"}).status == 403


ALL = ["approve", "refuse", "cancel"]


def test_what_one_may_not_see_is_not_there(program, request_of_bram):
    dirk, neighbour = a_person("Dirk"), a_manager(a_venue("red"))
    one = f"/bookings/{request_of_bram.id}"

    for person in (dirk, neighbour):
        for verb in ALL:
            assert program(person).post(f"{one}/{verb}", {}).status == 404
        assert program(person).patch(one, {"title": "Mine"}).status == 404


def test_words_change_and_the_price_stays(program, bram, request_of_bram):
    changed = program(bram).patch(
        f"/bookings/{request_of_bram.id}",
        {"title": "Lamps", "people": 12, "purpose": "work", "public": True, "remark": "Ring"},
    )

    assert changed.status == 200
    body = changed.body
    assert (body["title"], body["people"], body["purpose"]) == ("Lamps", 12, "work")
    assert (body["public"], body["remark"], body["sequence"]) == (True, "Ring", 1)
    assert body["price"]["total_cents"] == 2000


def test_what_is_not_named_stays(program, bram, request_of_bram):
    asking = program(bram)
    before = asking.get(f"/bookings/{request_of_bram.id}").body

    assert asking.patch(f"/bookings/{request_of_bram.id}", {}).body == before
    same = asking.patch(f"/bookings/{request_of_bram.id}", {"status": "confirmed", "id": "7"})
    assert same.body == before


def test_the_number_of_people_can_be_taken_back_and_the_title_cannot(
    program, bram, request_of_bram
):
    asking = program(bram)

    assert asking.patch(f"/bookings/{request_of_bram.id}", {"people": None}).body["people"] is None
    refused = asking.patch(f"/bookings/{request_of_bram.id}", {"title": None, "people": 21})
    assert list(refused.errors) == ["title"]
    refused = asking.patch(f"/bookings/{request_of_bram.id}", {"people": 21})
    assert list(refused.errors) == ["people"]


def test_a_booking_moves_and_is_priced_anew(program, bram, request_of_bram):
    changed = program(bram).patch(f"/bookings/{request_of_bram.id}", span(13, 16))

    assert changed.status == 200
    assert changed.body["from"] == "2026-03-13T13:00:00+01:00"
    assert changed.body["price"]["total_cents"] == 3000
    assert changed.body["sequence"] == 1


def test_one_end_can_move_alone(program, bram, request_of_bram):
    asking = program(bram)
    one = f"/bookings/{request_of_bram.id}"

    later = asking.patch(one, {"to": span(10, 13)["to"]})
    assert (later.body["from"], later.body["to"]) == tuple(span(10, 13).values())
    refused = asking.patch(one, {"from": span(15, 16)["from"]})
    assert (refused.status, list(refused.errors)) == (422, ["to"])


def test_a_move_onto_somebody_elses_place_is_refused_with_other_times(
    program, bram, room, request_of_bram
):
    a_confirmed_booking(room, friday(14, 16))

    refused = program(bram).patch(f"/bookings/{request_of_bram.id}", span(13, 15))

    assert (refused.status, refused.code) == (409, "room-taken")
    assert refused.body["alternatives"]


def test_a_change_happens_as_a_whole_or_not_at_all(program, bram, room, request_of_bram):
    a_confirmed_booking(room, friday(14, 16))
    asking = program(bram)
    one = f"/bookings/{request_of_bram.id}"
    before = asking.get(one).body

    refused = asking.patch(one, {**span(14, 16), "title": "Lamps", "people": 3})

    assert refused.status == 409
    assert asking.get(one).body == before


def test_a_smaller_room_takes_the_smaller_group_that_is_named_with_it(
    program, bram, room, request_of_bram
):
    a_room(room.venue, slug="nook", capacity=4)
    asking = program(bram)
    one = f"/bookings/{request_of_bram.id}"

    too_small = asking.patch(one, {"room": "nook"})
    moved = asking.patch(one, {"room": "nook", "people": 4})

    assert (too_small.status, list(too_small.errors)) == (422, ["people"])
    assert (moved.status, moved.body["room"], moved.body["people"]) == (200, "nook", 4)


def test_a_room_that_is_not_there_is_a_wrong_field(program, bram, request_of_bram):
    refused = program(bram).patch(f"/bookings/{request_of_bram.id}", {"room": "nowhere"})

    assert (refused.status, list(refused.errors)) == (422, ["room"])


def test_a_confirmed_booking_does_not_move_without_the_house(program, bram, cafe, room, manager):
    booking = a_confirmed_booking(room, friday(10, 12), by=bram, for_=cafe)
    one = f"/bookings/{booking.id}"

    asked = program(bram).patch(one, {**span(13, 16), "title": "Lamps"})

    assert (asked.status, asked.body["title"]) == (202, "Repair evening")
    change = asked.body["change"]
    assert (change["status"], change["from"]) == ("asked", span(13, 16)["from"])
    assert (change["price"]["total_cents"], change["price_rule"]) == (3000, "card")
    assert program(bram).get(one).body["change"] == change
    assert program(bram).post(f"{one}/change/approve").status == 403
    moved = manager.post(f"{one}/change/approve")
    assert (moved.status, moved.body["title"], moved.body["from"]) == (200, "Lamps", change["from"])
    assert manager.post(f"{one}/change/approve").code == "wrong-state"
    assert manager.patch(one, span(10, 12)).status == 200


def test_a_change_is_refused_with_a_reason_or_taken_back(program, bram, cafe, room, manager):
    booking = a_confirmed_booking(room, friday(10, 12), by=bram, for_=cafe)
    one = f"/bookings/{booking.id}"
    program(bram).patch(one, span(13, 16))

    refused = manager.post(f"{one}/change/refuse", {"reason": "The choir sings then."})
    program(bram).patch(one, span(9, 12))
    withdrawn = program(bram).post(f"{one}/change/withdraw")

    assert (refused.body["status"], refused.body["reason"]) == ("refused", "The choir sings then.")
    assert withdrawn.body["status"] == "withdrawn"
    assert program(bram).get(one).body["change"] is None
    assert program(bram).patch(one, span(10, 11)).status == 200


def test_what_is_over_or_cancelled_does_not_change(program, bram, request_of_bram):
    asking = program(bram)
    asking.post(f"/bookings/{request_of_bram.id}/cancel")

    for body in ({"title": "Lamps"}, span(13, 15)):
        refused = asking.patch(f"/bookings/{request_of_bram.id}", body)
        assert (refused.status, refused.code) == (409, "wrong-state")


def test_cancelling_late_is_written_down(program, bram, cafe):
    room = a_room(a_venue(cancel_notice_hours=24 * 30), approval=Approval.ALWAYS)
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)

    cancelled = program(bram).post(f"/bookings/{booking.id}/cancel", {"reason": "Ill"})

    assert cancelled.body["cancelled_late"] is True
