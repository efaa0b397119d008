"""Lines 1 to 8: a place is given once, whatever the path, and nobody loses it by accident."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from buurthuis import worker
from buurthuis.accounts.tokens import make_token
from buurthuis.bookings import actions, changes, queries
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import ChangeNeedsApproval, WrongState
from buurthuis.bookings.waiting import actions as waiting
from buurthuis.bookings.waiting.refusals import OfferOver
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.imports.actions import bring_in
from buurthuis.imports.house import HouseClosure
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import BookingsInTheWay
from buurthuis.occupancy import claims
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.availability import Ask
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Closure
from tests.api.asking import wish
from tests.builders import (
    a_booking,
    a_person,
    a_waiting_wish,
    a_wish,
    an_initiative,
    friday,
)


def by_the_action(app, house, dirk, club, sign_in):
    actions.book(house.hall, a_wish(friday(11, 13)), by=dirk, for_=club)


def by_the_api(app, house, dirk, club, sign_in):
    token = {"Authorization": f"Bearer {make_token(dirk, 'x')}"}
    body = wish(house.west, club, 11, 13)
    assert app.test_client().post("/api/v1/bookings", json=body, headers=token).status_code == 409
    raise RoomTaken


def by_the_page(app, house, dirk, club, sign_in):
    typed = {"day": "2026-03-13", "from": "11:00", "to": "13:00", "people": "5", "title": "Chess"}
    more = {"purpose": "meeting", "for": str(club.id), "seen": f"{club.id}=2000"}
    sent = sign_in(dirk).post("/rooms/oost/book/review", data={**typed, **more})
    assert sent.status_code in {409, 422}
    raise RoomTaken


def by_a_move(app, house, dirk, club, sign_in):
    other = a_booking(house.west, friday(14, 16), by=dirk, for_=club)
    changes.move(other.id, house.hall, friday(11, 13), by=dirk)


def by_a_change(app, house, dirk, club, sign_in):
    other = a_booking(house.west, friday(14, 16), by=dirk, for_=club)
    actions.approve(other.id, by=house.manager)
    changes.send(other.id, changes.Wanted(house.hall, friday(11, 13)), by=dirk)


def by_an_approval(app, house, dirk, club, sign_in):
    house.venue.requests_occupy = False
    db.session.commit()
    request = a_request_nobody_looked_at(house, dirk, club)
    actions.approve(request.id, by=house.manager)


def by_a_closure(app, house, dirk, club, sign_in):
    period = friday(11, 13)
    closure = Closure(venue=house.venue, from_at=period.start, to_at=period.end, rooms=[house.west])
    db.session.add(closure)
    db.session.flush()
    with pytest.raises(IntegrityError, match="occupancy_no_overlap"):
        claims.claim_closure(closure)
    db.session.rollback()
    raise RoomTaken


def by_a_house_file(app, house, dirk, club, sign_in):
    period = friday(11, 13)
    described = house_of(house.venue)
    closed = HouseClosure(period.start, period.end, ("oost",), "Schilderen")
    with pytest.raises(BookingsInTheWay):
        bring_in(type(described)(**{**as_given(described), "closures": (closed,)}))
    raise RoomTaken


def as_given(described) -> dict:
    return {name: getattr(described, name) for name in type(described).__dataclass_fields__}


def a_request_nobody_looked_at(house, dirk, club) -> Booking:
    """A request made before the booking it clashes with."""
    taken = db.session.query(Occupancy).delete()
    request = a_booking(house.hall, friday(11, 13), by=dirk, for_=club)
    assert taken
    first = db.session.query(Booking).filter_by(initiative_id=house.cafe.id).one()
    claims.claim(
        claims.Use(first.id, house.hall, house.cafe.id, first.period, 0, 30),
        claims.lock_rooms([house.hall])[house.hall.id],
    )
    db.session.commit()
    return request


PATHS = (
    *(by_the_action, by_the_api, by_the_page, by_a_move, by_a_change),
    *(by_an_approval, by_a_closure, by_a_house_file),
)


@pytest.mark.parametrize("path", PATHS)
def test_every_path_meets_the_same_guard(app, house, sign_in, path):
    """Line 1."""
    a_booking(house.hall, friday(10, 12), by=house.bram, for_=house.cafe)
    dirk = a_person("Dirk")
    club = an_initiative(dirk, name="Chess")

    with pytest.raises(RoomTaken):
        path(app, house, dirk, club, sign_in)

    assert doctor.overlaps() == doctor.claims_and_bookings() == []


@pytest.mark.parametrize(("start", "is_free"), [(12, False), (12.25, False), (12.5, True)])
def test_the_guard_holds_for_parts_and_for_buffers(house, start, is_free):
    """Line 2."""
    a_booking(house.hall, friday(10, 12))

    if is_free:
        a_booking(house.west, friday(start, start + 1))
    else:
        with pytest.raises(RoomTaken):
            a_booking(house.west, friday(start, start + 1))


def test_the_guard_holds_for_time_that_a_group_takes_itself(house):
    """Line 2, for minutes of the group's own on top of the room's."""
    house.hall.own_buffer_minutes = 30
    db.session.commit()
    a_booking(house.hall, friday(10, 12), teardown_minutes=30)

    with pytest.raises(RoomTaken):
        a_booking(house.west, friday(12.75, 13.75))
    a_booking(house.west, friday(13, 14))


def test_an_answer_counts_once_and_a_double_click_harms_nothing(house, sign_in):
    """Line 3."""
    request = a_booking(house.west, friday(10, 12), by=house.bram, for_=house.cafe)
    desk = sign_in(house.manager)
    address = f"/houses/buurtkamer/bookings/{request.id}"

    clicks = [desk.post(f"{address}/approve").status_code for _ in range(2)]

    assert clicks == [303, 303]
    with pytest.raises(WrongState):
        actions.refuse(request.id, by=house.manager, reason="Too late")
    yes = db.session.query(OutboxLetter).filter_by(template="booking_confirmed")
    assert (queries.booking(request.id).status, yes.count()) == (Status.CONFIRMED, 1)


def test_a_confirmed_booking_stays_confirmed_whoever_changes_it_and_whatever_runs(house):
    """Line 4."""
    booking = a_booking(house.west, friday(10, 12), by=house.bram, for_=house.cafe)
    actions.approve(booking.id, by=house.manager)

    with pytest.raises(ChangeNeedsApproval):
        changes.move(booking.id, house.west, friday(14, 16), by=house.bram)
    asked = changes.send(
        booking.id, changes.Wanted(house.west, friday(14, 16)), by=house.bram
    ).change
    assert queries.booking(booking.id).status == Status.CONFIRMED
    changes.refuse(asked.id, by=house.manager, reason="The choir sings then.")
    changes.edit(booking.id, by=house.bram, title="Lamps", people=3)
    changes.move(booking.id, house.west, friday(14, 16), by=house.manager)
    with time_machine.travel(clock.now() + timedelta(days=400), tick=False):
        worker.work()

    assert queries.booking(booking.id).status == Status.CONFIRMED


def test_a_hold_ends_once_and_a_late_yes_takes_nothing_from_others(house):
    """Line 5, for a place that is kept for who waits."""
    taken = a_booking(house.hall, friday(10, 12))
    a_waiting_wish(house.hall, friday(10, 12), by=house.bram, for_=house.cafe)
    actions.cancel(taken.id, by=house.manager)
    offer = db.session.query(Booking).filter_by(status=Status.HELD).one()

    with time_machine.travel(offer.expires_at, tick=False):
        other = a_booking(house.west, friday(10, 12))
        with pytest.raises(OfferOver):
            waiting.accept(offer.id, by=house.bram)
        worker.work()

    states = (queries.booking(offer.id).status, queries.booking(other.id).status)
    assert states == (Status.EXPIRED, Status.REQUESTED)


def test_offered_means_bookable(house):
    """Line 6."""
    a_booking(house.hall, friday(9, 12))
    a_booking(house.west, friday(15, 16.5))
    dirk = a_person("Dirk")
    club = an_initiative(dirk)
    asked = Ask(friday(10, 12), people=5)

    offered = queries.alternatives_of(house.hall, asked, now=clock.now(), initiative_id=club.id)

    assert len(offered) == 3
    for period in offered:
        booking = actions.book(house.hall, a_wish(period, people=5), by=dirk, for_=club)
        actions.cancel(booking.id, by=dirk)


def test_bookings_that_touch_do_not_clash_and_none_clashes_with_itself(house):
    """Line 7."""
    first = a_booking(house.west, friday(10, 11), by=house.bram, for_=house.cafe)
    a_booking(house.west, friday(11, 12))

    changes.move(first.id, house.west, friday(9.5, 11), by=house.bram)

    assert first.period == friday(9.5, 11)


def test_what_was_cancelled_refused_or_expired_is_in_nobodys_way(house):
    """Line 8."""
    for end in (actions.cancel, refused, expired):
        ended = a_booking(house.hall, friday(10, 12))
        end(ended.id, by=house.manager)
        assert not ended.is_live

    assert a_booking(house.hall, friday(10, 12)).is_live


def refused(booking_id, *, by):
    actions.refuse(booking_id, by=by, reason="No key-holder")


def expired(booking_id, *, by):
    booking = db.session.get_one(Booking, booking_id)
    booking.status, booking.expires_at = Status.HELD, clock.now()
    db.session.commit()
    assert actions.expire_holds() == 1
