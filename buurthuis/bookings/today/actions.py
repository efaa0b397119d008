"""The verbs of the day: they are here, nobody came, and undoing either; one transaction each.

Undoing a no-show makes the booking confirmed again, under the same guard as any claim
(decision 31). The states themselves only lead forward: undoing withdraws what somebody said.
"""

from datetime import datetime

from buurthuis.accounts.models import Person
from buurthuis.bookings.changes.asking import end_with
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.writing import forget, owe_for_staying_away
from buurthuis.bookings.refusals import WrongState
from buurthuis.bookings.rights import is_booker
from buurthuis.bookings.steps import go, locked, permit, release_expired, touch, use_of
from buurthuis.bookings.today import letters
from buurthuis.bookings.today.models import Attendance
from buurthuis.bookings.today.refusals import (
    NobodyCame,
    NothingSaid,
    RoomGivenAway,
    TheyCame,
    TooEarly,
    TooLongAgo,
)
from buurthuis.bookings.today.rights import arrives, attends
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules import attendance
from buurthuis.rules.attendance import UNCOUNTED, HeadCount, Outcome
from buurthuis.rules.states import Status, Verb


@action
def check_in(booking_id: int, *, by: Person, count: HeadCount = UNCOUNTED) -> Booking:
    """Write down that they are there, and how many; again: the newest count holds.

    The group itself may say so until its end, the house for a month.

    Raises:
        WrongState: the booking is not confirmed.
        NobodyCame: the house said so; that has to be undone first.
        TooEarly: before its day.
        TooLongAgo: too late to say.
    """
    booking = locked(booking_id)
    permit(arrives(by, booking), booking, by)
    now = clock.now()
    if booking.status == Status.NO_SHOW:
        raise NobodyCame
    if booking.status != Status.CONFIRMED:
        raise WrongState(Status(booking.status))
    _insist_in_time(booking, attendance.check_in_from(booking.from_at), now)
    if not attends(by, booking) and now >= booking.to_at:
        raise TooLongAgo
    said = db.session.get(Attendance, booking.id)
    if said is not None and count in {UNCOUNTED, HeadCount(said.people, said.band)}:
        return booking
    if said is None:
        said = Attendance(booking_id=booking.id, outcome=Outcome.CAME, said_at=now)
        db.session.add(said)
    said.said_by_id, said.people, said.band = by.id, count.people, count.band
    note(
        "booking.checked_in",
        booking,
        by=by,
        venue_id=booking.venue_id,
        people=count.people,
        band=count.band,
    )
    return booking


@action
def no_show(booking_id: int, *, by: Person) -> Booking:
    """Write down that nobody came and what is owed for it, and let others use the room from now on.

    Raises:
        WrongState: the booking is not confirmed.
        TheyCame: somebody said that they are there.
        TooEarly: before the grace of the house is over.
        TooLongAgo: too late to say.
    """
    booking = locked(booking_id)
    permit(attends(by, booking), booking, by)
    now = clock.now()
    if booking.status == Status.CONFIRMED:
        grace = booking.venue.grace_minutes
        from_at = attendance.nobody_came_from(booking.period, grace_minutes=grace)
        _insist_in_time(booking, from_at, now)
        if db.session.get(Attendance, booking.id) is not None:
            raise TheyCame
    go(booking, Verb.NO_SHOW)
    touch(booking, now)
    end_with(booking, by=by)
    claims.release(booking.id)
    released_from_at = now if now < booking.to_at else None
    db.session.add(
        Attendance(
            booking_id=booking.id,
            outcome=Outcome.NO_SHOW,
            said_by_id=by.id,
            said_at=now,
            released_from_at=released_from_at,
        )
    )
    note("booking.no_show", booking, by=by, venue_id=booking.venue_id)
    owe_for_staying_away(booking, now=now)
    letters.nobody_came(booking, leaves_at=now + attendance.UNDONE_WITHIN)
    return booking


def undo(booking_id: int, *, by: Person) -> Booking:
    """Take back what was said, within a day; the group that did not come has its room again.

    Raises:
        NothingSaid: there is nothing to undo.
        TooLongAgo: it was said more than a day ago.
        RoomGivenAway: somebody else has the room.
    """
    try:
        return _undo(booking_id, by=by)
    except RoomTaken as taken:
        raise RoomGivenAway from taken


@action
def _undo(booking_id: int, *, by: Person) -> Booking:
    booking = locked(booking_id)
    said = db.session.get(Attendance, booking.id)
    is_own = said is not None and said.said_by_id == by.id and is_booker(by, booking)
    permit(attends(by, booking) or is_own, booking, by)
    if said is None:
        raise NothingSaid
    now = clock.now()
    if not attendance.can_be_undone(said_at=said.said_at, now=now):
        raise TooLongAgo
    outcome = said.outcome
    db.session.delete(said)
    if outcome == Outcome.NO_SHOW:
        forget(booking)
        _take_the_room_again(booking, now)
    note("booking.attendance_undone", booking, by=by, venue_id=booking.venue_id, said=outcome)
    return booking


def _take_the_room_again(booking: Booking, now: datetime) -> None:
    booking.status = Status.CONFIRMED
    touch(booking, now)
    letters.they_came_after_all(booking)
    spaces = claims.lock_rooms([booking.room])[booking.room_id]
    release_expired(spaces, now)
    db.session.flush()
    claims.claim(use_of(booking), spaces)


def _insist_in_time(booking: Booking, from_at: datetime, now: datetime) -> None:
    if now < from_at:
        raise TooEarly(from_at)
    if now >= attendance.told_until(booking.to_at):
        raise TooLongAgo
