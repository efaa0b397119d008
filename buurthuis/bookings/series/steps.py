"""Steps that the verbs of a series share, inside the transaction of whichever verb takes them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.placing import place_found
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.refusals import PriceChanged
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.models import Series, SeriesLeftOut
from buurthuis.bookings.series.preview import Preview, look
from buurthuis.bookings.series.refusals import (
    DaysInTheWay,
    NothingLeft,
    OtherHouse,
    RuleRefused,
)
from buurthuis.bookings.series.wishes import Choices, SeriesWish
from buurthuis.bookings.steps import release_expired
from buurthuis.extras import stock
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed
from buurthuis.foundation.pulse import trusting
from buurthuis.occupancy import claims
from buurthuis.rules.recurrence import WrongRule
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class Opened:
    """A series that is locked with all its bookings, so that nobody changes it meanwhile."""

    series: Series
    bookings: Sequence[Booking]
    spaces: Spaces
    now: datetime

    def to_come(self, since: date | None = None) -> list[Booking]:
        """The bookings that may still take place and have not begun, from a day on."""
        return queries.to_come(self.bookings, since=since, now=self.now)


def opened(series_id: int, *others: Room) -> Opened:
    """Load a series for a verb: first lock its spaces (and those of other rooms), then its rows."""
    found = queries.series(series_id)
    before = queries.bookings_of(found)
    if any(room.venue_id != found.venue_id for room in others):
        raise OtherHouse
    rooms = {room.id: room for room in others}
    rooms |= {plan.room_id: plan.room for plan in found.plans}
    rooms |= {booking.room_id: booking.room for booking in before}
    spaces = lock_and_clear(list(rooms.values()), clock.now())
    lock = select(Booking.id).where(Booking.series_id == series_id).order_by(Booking.id)
    db.session.execute(lock.with_for_update())
    db.session.refresh(found, with_for_update={"of": Series})
    again = queries.bookings_of(found, is_fresh=True)
    return Opened(found, again, spaces, clock.now())


def lock_and_clear(rooms: Collection[Room], now: datetime) -> Spaces:
    """Lock the spaces of rooms, and let go of what is held there past its time."""
    spaces = claims.lock_rooms(rooms)
    release_expired(sorted({space for own in spaces.values() for space in own}), now)
    return spaces


def permit(allowed: bool, series: Series, by: Person) -> None:
    """Refuse who may not; to who may not even see it there is no such series."""
    if not allowed:
        demand(by, "series.see", series)
        raise NotAllowed


def days_asked(wish: SeriesWish) -> list[date]:
    """The days that a wish asks for.

    Raises:
        RuleRefused: its rule cannot be kept.
        NothingLeft: there is none.
    """
    try:
        days = wish.days()
    except WrongRule as wrong:
        raise RuleRefused(wrong.mistake) from wrong
    if not days:
        raise NothingLeft
    return days


def looked_at(
    series: Series, wish: SeriesWish, choices: Choices, *, spaces: Spaces, now: datetime
) -> Preview:
    """What stands in the way of each day, under the lock.

    Raises:
        RuleRefused, NothingLeft, NotBookable
    """
    days_asked(wish)
    room = series.plan_on(wish.first_on).room
    stock.lock({each.extra_id for each in wish.extras})
    with trusting():
        return look(
            room,
            wish,
            for_=series.initiative,
            now=now,
            choices=choices,
            spaces=spaces,
            series=series,
        )


def book_days(
    series: Series,
    wish: SeriesWish,
    choices: Choices,
    *,
    by: Person,
    spaces: Spaces,
    now: datetime,
    seen_total: int | None = None,
) -> list[Booking]:
    """Book every day that is asked for and not left out; all of them or none.

    Raises:
        DaysInTheWay: some cannot be had; it names all of these.
        NothingLeft: every day was left out.
        PriceChanged: together they do not cost what was seen.
        RuleRefused, NotBookable
    """
    shown = looked_at(series, wish, choices, spaces=spaces, now=now)
    if shown.in_the_way:
        raise DaysInTheWay(shown.in_the_way)
    bookings = book_shown(series, shown, by=by, spaces=spaces, now=now)
    total = sum(booking.total_cents for booking in bookings)
    if seen_total is not None and seen_total != total:
        raise PriceChanged(total)
    return bookings


def book_shown(
    series: Series, shown: Preview, *, by: Person, spaces: Spaces, now: datetime
) -> list[Booking]:
    """Book the days that can be had, and remember the others as left out, with why.

    Raises:
        NothingLeft: no day can be had.
    """
    found = [each.prospect for each in shown.bookable if each.prospect is not None]
    if not found:
        raise NothingLeft
    bookings = place_found(found, by=by, now=now, spaces=spaces)
    for each in shown.days:
        if each.why is not None:
            series.left_out.append(SeriesLeftOut(day=each.day, why=each.hindrance or each.why))
    return bookings
