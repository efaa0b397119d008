"""Reminding bookers the day before, once for each time and place they have."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from buurthuis.bookings import letters
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.rules import reminders
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

MOST_AT_ONCE = 500


@action
def remind() -> int:
    """Write to the bookers of tomorrow; returns to how many bookings.

    A booking remembers of which start it was reminded: many workers send one letter, and a
    booking that moves gets one for its new time.
    """
    tomorrow = reminders.starts_to_remind_of(clock.now())
    if tomorrow is None:
        return 0
    due = (
        select(Booking)
        .where(
            *certain_in(tomorrow),
            or_(Booking.reminded_of_at.is_(None), Booking.reminded_of_at != Booking.from_at),
        )
        .options(*WITH_EVERYTHING, joinedload(Booking.booked_by))
        .order_by(Booking.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Booking, skip_locked=True)
    )
    reminded = 0
    for booking in db.session.scalars(due):
        booking.reminded_of_at = booking.from_at
        since = (booking.created_at, booking.decided_at)
        if reminders.is_needed(starts_at=booking.from_at, certain_since=since):
            letters.reminder(booking)
            reminded += 1
    return reminded


def certain_in(starts: Period) -> tuple[ColumnElement[bool], ...]:
    """Bookings of every house that are certain and start then."""
    # Naming the houses lets the database walk its index of houses and starts.
    houses = list(db.session.scalars(select(Venue.id)))
    return (
        Booking.venue_id.in_(houses),
        Booking.from_at >= starts.start,
        Booking.from_at < starts.end,
        Booking.status == Status.CONFIRMED,
    )
