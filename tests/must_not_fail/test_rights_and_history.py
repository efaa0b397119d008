"""Lines 15, 16, 18, 20 and 22 to 24: who may see what, what was promised, and what is never lost."""

import pytest

from buurthuis.accounts.actions import remove_speaker
from buurthuis.accounts.tokens import make_token
from buurthuis.bookings import actions, changes, queries
from buurthuis.bookings.refusals import ChangeNeedsApproval
from buurthuis.foundation import access, clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.imports.actions import bring_in
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import RoomHasBookings
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import Rate
from tests.api.asking import wish
from tests.builders import (
    a_booking,
    a_manager,
    a_membership,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    friday,
)
from tests.must_not_fail.test_one_place_once import as_given
from tests.test_rights import DOORS


def test_every_door_asks_one_function_and_is_walked_by_everybody(app):
    """Line 15; the walk itself is tests/test_rights.py."""
    for route in app.url_map.iter_rules():
        door = app.view_functions[route.endpoint].door
        assert door.verb is None or door.verb in access._rules
        for method in route.methods - {"HEAD", "OPTIONS"}:
            assert f"{method} {route.endpoint}" in DOORS
    with pytest.raises(access.UnknownVerb):
        access.may(None, "booking.steal")


def test_nothing_outside_says_more_than_the_screen(app, house, client, sign_in):
    """Line 16."""
    secret = a_booking(house.west, friday(10, 12), by=house.bram, for_=house.cafe, title="Secret")
    board = a_person("Chandra")
    a_role(board, "board", house.venue)
    token = {"Authorization": f"Bearer {make_token(board, 'x')}"}
    outside = [
        client.get("/ical/venues/buurtkamer.ics"),
        client.get("/ical/rooms/west.ics"),
        client.get("/ical/agenda.ics"),
        client.get("/venues/buurtkamer/week/2026-W11"),
        client.get("/rooms/west"),
        client.get("/agenda"),
        client.get("/api/v1/bookings", headers=token),
        client.get(f"/api/v1/bookings/{secret.id}", headers=token),
        sign_in(board).get(f"/me/bookings/{secret.id}.ics"),
    ]

    for answer in outside:
        for word in ("Secret", "Bram", house.cafe.name, house.bram.email):
            assert word not in answer.text, answer.request.path


def test_mail_goes_with_the_deed_or_not_at_all_and_the_decision_is_always_heard(house):
    """Line 18; the road itself is tests/worker."""
    chandra = a_person("Chandra")
    a_membership(chandra, house.cafe)
    request = a_booking(house.west, friday(10, 12), by=house.bram, for_=house.cafe)
    before = db.session.query(OutboxLetter).count()
    with pytest.raises(RoomTaken):
        a_booking(house.west, friday(11, 13))
    assert db.session.query(OutboxLetter).count() == before

    remove_speaker(house.cafe, house.bram.id, by=chandra)
    db.session.expire_all()
    actions.refuse(request.id, by=house.manager, reason="No key-holder")

    letter = db.session.query(OutboxLetter).filter_by(template="booking_refused").one()
    assert letter.recipient == chandra.email


def test_what_was_agreed_is_what_is_paid(house):
    """Line 20."""
    standing = a_recognition(house.cafe, Kind.SOCIAL_ENTERPRISE, venue=house.venue)
    booking = a_booking(house.west, friday(10, 12), by=house.bram, for_=house.cafe)
    agreed = (2000, 1300, 0, 700, "standing", Kind.SOCIAL_ENTERPRISE)

    db.session.query(Rate).update({"cents": 9900, "vat_bp": 2100})
    db.session.delete(standing)
    db.session.commit()
    actions.approve(booking.id, by=house.manager)

    frozen = queries.booking(booking.id)
    assert agreed == (
        frozen.list_cents,
        frozen.discount_cents,
        frozen.vat_cents,
        frozen.total_cents,
        frozen.price_reason,
        frozen.standing,
    )


def test_no_booking_slips_into_another_house(house):
    """Line 22."""
    booking = a_booking(house.west, friday(10, 12), by=house.bram, for_=house.cafe)
    actions.approve(booking.id, by=house.manager)
    elsewhere = a_room(a_venue())
    youssef = a_manager(elsewhere.venue, "Youssef")

    for person in (house.bram, house.manager):
        with pytest.raises(ChangeNeedsApproval):
            changes.move(booking.id, elsewhere, friday(10, 12), by=person)
    wanted = changes.Wanted(elsewhere, friday(10, 12))
    asked = changes.send(booking.id, wanted, by=house.bram).change
    with pytest.raises((NotAllowed, NotFound)):
        changes.approve(asked.id, by=house.manager)
    assert queries.booking(booking.id).venue_id == house.venue.id

    changes.approve(asked.id, by=youssef)

    told = db.session.query(OutboxLetter)
    assert told.filter_by(template="change_arrived").one().recipient == youssef.email
    assert told.filter_by(template="booking_left").one().recipient == house.manager.email
    assert told.filter_by(template="booking_moved").one().recipient == house.bram.email
    with pytest.raises(NotFound):
        actions.cancel(booking.id, by=house.manager)


def test_sent_twice_is_booked_once_and_nobody_knocks_without_end(house, client, limits):
    """Line 23."""
    headers = {
        "Authorization": f"Bearer {make_token(house.bram, 'x')}",
        "Idempotency-Key": "friday-morning",
    }
    body = wish(house.west, house.cafe, 10, 12)

    answers = [client.post("/api/v1/bookings", json=body, headers=headers) for _ in range(2)]
    knocks = [client.post("/sign-in", data={"email": "x"}).status_code for _ in range(61)]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json["id"] == answers[1].json["id"]
    assert knocks[-1] == 429


def test_what_goes_leaves_its_history_and_no_page_breaks(house, sign_in):
    """Line 24."""
    booking = a_booking(house.west, friday(10, 12), by=house.bram, for_=house.cafe)
    actions.approve(booking.id, by=house.manager)
    described = as_given(house_of(house.venue))
    left = tuple(room for room in described["rooms"] if room.slug == "oost")
    kind = type(house_of(house.venue))
    with pytest.raises(RoomHasBookings):
        bring_in(kind(**{**described, "rooms": left, "rate_cards": ()}))

    house.west.retired_at = house.bram.left_at = clock.now()
    db.session.commit()
    desk = sign_in(house.manager)
    pages = ["", "bookings?day=2026-03-13", f"bookings/{booking.id}", "recognitions", "logbook"]

    for page in pages:
        assert desk.get(f"/houses/buurtkamer/{page}").status_code == 200, page
    assert "Repair evening" in desk.get(f"/houses/buurtkamer/bookings/{booking.id}").text
