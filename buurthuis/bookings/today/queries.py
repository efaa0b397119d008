"""Questions about the day: what was said of a booking, and who is expected in a room; they never commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import ALONE
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING, overlapping
from buurthuis.bookings.today.models import Attendance
from buurthuis.bookings.today.rights import arrives, attends
from buurthuis.foundation.db import db
from buurthuis.rules import attendance
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue

MOST_UNCOUNTED: Final = 60
MOST_SAID: Final = 10
OF_THE_DAY = frozenset({Status.CONFIRMED, Status.NO_SHOW})


def attendance_of(bookings: Iterable[Booking]) -> dict[int, Attendance]:
    """What was said about each booking, by its number, with who said it."""
    numbers = [booking.id for booking in bookings]
    if not numbers:
        return {}
    question = select(Attendance).where(Attendance.booking_id.in_(numbers))
    with_name = question.options(joinedload(Attendance.said_by).options(*ALONE))
    return {each.booking_id: each for each in db.session.scalars(with_name)}


@dataclass(frozen=True, slots=True)
class OnTheDay:
    """What was said about a booking, and what somebody may say now."""

    said: Attendance | None = None
    can_check_in: bool = False
    can_say_nobody_came: bool = False
    can_undo: bool = False

    @property
    def is_asked(self) -> bool:
        """There is something that can be said with one press."""
        is_counted = self.said is not None and self.said.band is not None
        return self.can_undo or (self.can_check_in and not is_counted)


def on_the_day(
    bookings: Sequence[Booking], person: Person | None, *, now: datetime
) -> dict[int, OnTheDay]:
    """How each booking stands on its day, by its number, as the verbs of the day will judge it."""
    said = attendance_of(bookings)
    return {each.id: _as_it_stands(each, said.get(each.id), person, now) for each in bookings}


def _as_it_stands(
    booking: Booking, said: Attendance | None, person: Person | None, now: datetime
) -> OnTheDay:
    is_staff = attends(person, booking)
    is_own = said is not None and person is not None and said.said_by_id == person.id
    until = attendance.told_until(booking.to_at) if is_staff else booking.to_at
    from_at = attendance.check_in_from(booking.from_at)
    is_certain = booking.status == Status.CONFIRMED
    grace = booking.venue.grace_minutes
    nobody_from = attendance.nobody_came_from(booking.period, grace_minutes=grace)
    return OnTheDay(
        said,
        can_check_in=is_certain and arrives(person, booking) and from_at <= now < until,
        can_say_nobody_came=is_certain and is_staff and said is None and nobody_from <= now < until,
        can_undo=said is not None
        and (is_staff or (is_own and arrives(person, booking)))
        and attendance.can_be_undone(said_at=said.said_at, now=now),
    )


def uncounted(venue: Venue, *, since: datetime, until: datetime) -> list[Booking]:
    """What took place in a house and nobody counted, the latest first."""
    counted = select(Attendance.booking_id).where(
        Attendance.booking_id == Booking.id, Attendance.band.is_not(None)
    )
    question = (
        select(Booking)
        .where(
            Booking.venue_id == venue.id,
            Booking.status == Status.CONFIRMED,
            Booking.from_at >= since,
            Booking.to_at <= until,
            ~counted.exists(),
        )
        .options(*WITH_EVERYTHING)
        .order_by(Booking.from_at.desc(), Booking.id)
        .limit(MOST_UNCOUNTED)
    )
    return list(db.session.scalars(question))


def said_lately(venue: Venue, person: Person, now: datetime) -> list[Booking]:
    """What somebody said of a house who came and can still take back, the latest word first."""
    question = (
        select(Booking)
        .join(Attendance, Attendance.booking_id == Booking.id)
        .where(
            Booking.venue_id == venue.id,
            Attendance.said_by_id == person.id,
            Attendance.said_at > now - attendance.UNDONE_WITHIN,
            Booking.to_at <= now,
        )
        .options(*WITH_EVERYTHING)
        .order_by(Attendance.said_at.desc(), Booking.id.desc())
        .limit(MOST_SAID)
    )
    return list(db.session.scalars(question))


def expected_in(room: Room, *, now: datetime) -> list[Booking]:
    """What takes place today in a room or in part of it, in the order of the clock."""
    question = (
        overlapping(day_period(day_of(now)))
        .where(Booking.venue_id == room.venue_id, Booking.status.in_(OF_THE_DAY))
        .options(*WITH_EVERYTHING)
        .order_by(Booking.from_at, Booking.id)
    )
    own = set(room.spaces)
    return [each for each in db.session.scalars(question) if own & set(each.room.spaces)]
