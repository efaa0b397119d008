"""What a change of a series would mean for each of its days, before anything is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings.changes.meaning import Meaning, Wanted, meaning_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.prospects import prospects
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.preview import shown_as
from buurthuis.bookings.series.queries import day_in_series, is_exception
from buurthuis.bookings.series.refusals import DaysInTheWay
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.rules.calendar import MissingHour, moment
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.venues.hours import holidays_of
from buurthuis.venues.known import as_known
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class ChangeSeen:
    """The days that would change, those that stay as they were made apart, and the money."""

    changed: Sequence[Booking]
    kept: Sequence[Booking]
    before_cents: Cents
    total_cents: Cents
    needs_house: bool

    @property
    def difference_cents(self) -> Cents:
        """How much more all days cost together; less is negative."""
        return self.total_cents - self.before_cents


def look_at_change(
    series: Series,
    coming: Sequence[Booking],
    from_day: date,
    room: Room,
    values: Mapping[str, Any],
    *,
    by: Person,
    now: datetime,
) -> ChangeSeen:
    """What `changing.change_series` would do with these days, and what they would cost.

    Raises:
        DaysInTheWay: days cannot be had like this; it names them.
        NoPrice: the house sells nothing that covers the other time.
    """
    since = [each for each in coming if day_in_series(each) >= from_day]
    kept = [each for each in since if is_exception(series, each)]
    changed = [each for each in since if each not in kept]
    periods = {each.id: _period(day_in_series(each), values, room) for each in changed}
    _insist_on_places(changed, periods, room, now)
    meanings = [
        meaning_of(each, Wanted(room, periods[each.id], _words(values)), by=by, now=now)
        for each in changed
    ]
    return ChangeSeen(changed, kept, *_money(meanings), any(m.needs_house for m in meanings))


def _money(meanings: Sequence[Meaning]) -> tuple[Cents, Cents]:
    return sum(m.before_cents for m in meanings), sum(m.total_cents for m in meanings)


def _words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("title", "people") if name in values}


def _period(day: date, values: Mapping[str, Any], room: Room) -> Period:
    try:
        return Period(moment(day, values["starts_minute"]), moment(day, values["ends_minute"]))
    except MissingHour:
        raise DaysInTheWay([shown_as(day, room, None, {})]) from None


def _wish(booking: Booking, period: Period) -> Wish:
    return Wish(period, booking.people, booking.title, booking.purpose, is_series=True)


def _insist_on_places(
    changed: Sequence[Booking], periods: Mapping[int, Period], room: Room, now: datetime
) -> None:
    """Refuse days that cannot be had; the places that the same days have now do not count."""
    orders = [
        Order(room, _wish(each, periods[each.id]), each.initiative, instead_of=each.period)
        for each in changed
        if Wanted(room, periods[each.id]).moves(each)
    ]
    if not orders:
        return
    found = prospects(orders, now=now, ignoring={each.id for each in changed})
    days = [day_in_series(each) for each in changed if Wanted(room, periods[each.id]).moves(each)]
    holidays = holidays_of(as_known(room), days[0], days[-1])
    shown = [
        shown_as(day, room, prospect, holidays) for day, prospect in zip(days, found, strict=True)
    ]
    in_the_way = [each for each in shown if not each.is_bookable]
    if in_the_way:
        raise DaysInTheWay(in_the_way)
