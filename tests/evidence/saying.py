"""What evidence tests begin with: bookings that are over, themes that were said, hours written down."""

from collections.abc import Sequence
from datetime import date, timedelta

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.models import Series
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.evidence.tags.queries import Said, said_of
from buurthuis.evidence.work.models import VolunteerWork, WorkKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue
from tests.builders import a_booking, a_series, on


def a_past_booking(
    room: Room, start: float = 10, end: float = 12, *, ago: int = 7, **facts: object
) -> Booking:
    """A booking that took place so many days ago."""
    day = today() + timedelta(days=30 + ago % 40)
    booking = a_booking(room, on(day, start, end), **facts)
    happened([booking], on(today() - timedelta(days=ago), start, end))
    return booking


def happened(bookings: Sequence[Booking], first: Period) -> None:
    """Let these bookings have taken place, the first of them then; which rooms they hold does not matter."""
    back = bookings[0].from_at - first.start
    for booking in bookings:
        booking.from_at, booking.to_at = booking.from_at - back, booking.to_at - back
        booking.status = Status.CONFIRMED
    db.session.commit()


def a_past_series(room: Room, *, ago: int = 60, **facts: object) -> Series:
    """A series of four weeks whose first day is so many days ago, from 19 to 21."""
    series = a_series(room, **facts)
    bookings = queries.bookings_of(series)
    happened(bookings, on(today() - timedelta(days=ago), 19, 21))
    return series


def today() -> date:
    """The day on which tests stand."""
    return day_of(clock.now())


def some_work(
    venue: Venue, person: Person | None, *, ago: int = 1, minutes: int = 90, **facts: object
) -> VolunteerWork:
    """Hours that somebody wrote down."""
    row = VolunteerWork(
        venue_id=venue.id,
        person_id=person and person.id,
        said_by_id=person and person.id,
        day=today() - timedelta(days=ago),
        minutes=minutes,
        said_at=clock.now(),
        **{"kind": WorkKind.COOKING, "words": "Soup", **facts},
    )
    db.session.add(row)
    db.session.commit()
    return row


def themes_of(booking_ids: Sequence[int]) -> dict[int, Said]:
    """What counts for each of these bookings; a word of its own counts as a whole."""
    found = {each: said_of(db.session.get_one(Booking, each)) for each in booking_ids}
    return {each: said for each, both in found.items() if (said := both[0] or both[1])}


def tags() -> set[tuple[int | None, int | None, str]]:
    """Everything that was said, as booking, series and theme."""
    db.session.expire_all()
    rows = db.session.query(ActivityTag).all()
    return {(row.booking_id, row.series_id, row.theme.value) for row in rows}
