"""Steps that the verbs of a series share, inside the transaction of whichever verb takes them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.placing import place
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.refusals import NotBookable, PriceChanged, SomeNotBookable
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.models import Series, SeriesLeftOut, Why
from buurthuis.bookings.series.preview import Preview, look, wishes_on
from buurthuis.bookings.series.refusals import (
    DaysInTheWay,
    NothingLeft,
    OtherHouse,
    RuleRefused,
)
from buurthuis.bookings.series.wishes import Choices, SeriesWish
from buurthuis.bookings.steps import release_expired
from buurthuis.bookings.wishes import Order
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, Refusal
from buurthuis.foundation.pulse import trusting
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.recurrence import WrongRule
from buurthuis.tariffs.refusals import NoPrice
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


def looked_at(
    room: Room,
    wish: SeriesWish,
    *,
    for_: Initiative,
    choices: Choices,
    spaces: Spaces,
    now: datetime,
) -> Preview:
    """What stands in the way of each day, under the lock.

    Raises:
        NotBookable
    """
    with trusting():
        return look(room, wish, for_=for_, now=now, choices=choices, spaces=spaces)


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
        NotBookable
    """
    days = [day for day in days_asked(wish) if day not in choices.left_out]
    if not days:
        raise NothingLeft
    orders = _orders(series, wish, choices, days)
    try:
        if len(orders) < len(days):
            raise RoomTaken  # The clock skips the time on one of these days.
        bookings = place(orders, by=by, now=now, spaces=spaces)
    except (RoomTaken, SomeNotBookable, NotBookable, NoPrice) as refusal:
        _name_what_is_in_the_way(series, wish, choices, spaces, now, refusal)
        raise
    total = sum(booking.total_cents for booking in bookings)
    if seen_total is not None and seen_total != total:
        raise PriceChanged(total)
    for day in sorted(choices.left_out.intersection(wish.days())):
        why = choices.why.get(day, Why.LEFT_OUT)
        series.left_out.append(SeriesLeftOut(day=day, why=why))
    return bookings


def _orders(
    series: Series, wish: SeriesWish, choices: Choices, days: Sequence[date]
) -> list[Order]:
    room, group = series.plan_on(wish.first_on).room, series.initiative
    return [
        Order(choices.elsewhere.get(day, room), asked, group, series=series, series_day=day)
        for day, asked in wishes_on(wish, days).items()
        if asked is not None
    ]


def _name_what_is_in_the_way(
    series: Series,
    wish: SeriesWish,
    choices: Choices,
    spaces: Spaces,
    now: datetime,
    refusal: Refusal,
) -> None:
    """Look at each day by itself, to tell which of them cannot be had."""
    room, group = series.plan_on(wish.first_on).room, series.initiative
    shown = looked_at(room, wish, for_=group, choices=choices, spaces=spaces, now=now)
    if shown.in_the_way:
        raise DaysInTheWay(shown.in_the_way) from refusal
