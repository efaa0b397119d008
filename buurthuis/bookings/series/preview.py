"""A look at every day of a series before anything is stored; the booking asks this same thing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.fair_use import Asked, Ledger
from buurthuis.bookings.prospects import prospects, prospects_apart
from buurthuis.bookings.queries import Offer, Spaces
from buurthuis.bookings.series.day_shown import DayShown, shown_as
from buurthuis.bookings.series.models import Series, SeriesPlan, Why
from buurthuis.bookings.series.wishes import NO_CHOICES, Choices, SeriesWish
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.extras.known import extras_for
from buurthuis.extras.wishes import Wanted
from buurthuis.rules.calendar import MissingHour, day_of, day_period, moment_forgiving
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.rules.recurrence import Frequency, Rule
from buurthuis.venues.hours import bookable_windows, holidays_of
from buurthuis.venues.known import as_known, bookable_rooms
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class Preview:
    """All days of a series, in order."""

    room: Room
    wish: SeriesWish
    days: list[DayShown]

    @property
    def bookable(self) -> list[DayShown]:
        """The days that would be booked."""
        return [each for each in self.days if each.is_bookable]

    @property
    def in_the_way(self) -> list[DayShown]:
        """The days about which the booker still has to choose."""
        return [each for each in self.days if each.why not in (None, Why.LEFT_OUT)]

    @property
    def total_cents(self) -> Cents:
        """What all bookable days cost together."""
        prices = (each.priced for each in self.bookable)
        return sum(priced.quote.total_cents for priced in prices if priced is not None)


def preview(
    room: Room,
    wish: SeriesWish,
    *,
    for_: Initiative,
    now: datetime,
    choices: Choices = NO_CHOICES,
) -> Preview:
    """Look at every day as the booking will, with what the booker has chosen so far.

    Days that cannot be had tell which other rooms of the house are free then.

    Raises:
        rules.recurrence.WrongRule: the rule cannot be kept from the first day on.
        NotBookable, NotInThisRoom: the wish breaks a rule of the house on whatever day.
    """
    ledger = _ledger(room, wish, for_)
    shown = look(room, wish, for_=for_, now=now, choices=choices, ledger=ledger)
    return replace(shown, days=_with_other_rooms(shown, for_, now, ledger))


def preview_longer(series: Series, until: date, *, now: datetime) -> Preview:
    """The days that a series gets when it goes on until another last day.

    Raises:
        What `preview` raises.
    """
    return preview(series.plan.room, longer(series, until), for_=series.initiative, now=now)


def look(
    room: Room,
    wish: SeriesWish,
    *,
    for_: Initiative,
    now: datetime,
    choices: Choices = NO_CHOICES,
    spaces: Spaces | None = None,
    series: Series | None = None,
    ledger: Ledger | None = None,
) -> Preview:
    """As `preview`, without looking for other rooms.

    Under a lock, `spaces` are those that were locked and `series` is the one to book for. `ledger`
    is what is known of the group's share, where it was read already.
    """
    days = wish.days()
    orders = {
        day: Order(
            choices.elsewhere.get(day, room),
            choices.wish_on(day, on_the_day),
            for_,
            series=series,
            series_day=day,
            exception=wish.exception,
            only_seen=day in choices.left_out,
        )
        for day, on_the_day in wishes_on(wish, days).items()
        if on_the_day is not None
    }
    told = prospects(list(orders.values()), now=now, spaces=spaces, ledger=ledger)
    found = dict(zip(orders, told, strict=True))
    holidays = holidays_of(as_known(room), days[0], days[-1]) if days else {}
    shown = [shown_as(day, room, found.get(day), holidays) for day in days]
    left_out = choices.left_out
    return Preview(room, wish, [_left_out(s) if s.day in left_out else s for s in shown])


def _left_out(shown: DayShown) -> DayShown:
    return DayShown(shown.day, shown.room, None, Why.LEFT_OUT, hindrance=shown.why)


def wishes_on(wish: SeriesWish, days: Sequence[date]) -> dict[date, Wish | None]:
    """The wish of each day; None where the clock skips its time."""
    found: dict[date, Wish | None] = {}
    for day in days:
        try:
            found[day] = wish.on(day)
        except MissingHour:
            found[day] = None
    return found


def longer(series: Series, until: date) -> SeriesWish:
    """What a series asks for when it goes on until another last day, as it is planned by then."""
    wish = on_one_day(series.plan, series.last_on)
    return replace(wish, rule=series.rule.ending(until), booked_until=series.last_on)


def on_one_day(plan: SeriesPlan, day: date) -> SeriesWish:
    """What a series asks for on a single day, as it is planned."""
    return SeriesWish(
        rule=Rule(Frequency.DAILY, times=1),
        first_on=day,
        starts_minute=plan.starts_minute,
        ends_minute=plan.ends_minute,
        title=plan.title,
        purpose=plan.purpose,
        people=plan.people,
        remark=plan.remark,
        is_public=plan.is_public,
        setup_minutes=plan.setup_minutes,
        teardown_minutes=plan.teardown_minutes,
        extras=still_lent(plan),
    )


def still_lent(plan: SeriesPlan) -> tuple[Wanted, ...]:
    """The extras of a plan that the house still has for its room: the rest would stop every day."""
    if not plan.extras:
        return ()
    lent = {each.id for each in extras_for(plan.room)}
    return tuple(each for each in plan.extras if each.extra_id in lent)


def _ledger(room: Room, wish: SeriesWish, for_: Initiative) -> Ledger:
    """What the group has of its share all through the series; read once for all rooms of the house."""
    days = wish.days()
    if not days:
        return Ledger([])
    whole = Period(day_period(days[0]).start, moment_forgiving(days[-1], wish.ends_minute))
    return Ledger([Asked(as_known(room), whole, for_.id, is_series=True)])


def _with_other_rooms(
    shown: Preview, for_: Initiative, now: datetime, ledger: Ledger
) -> list[DayShown]:
    """The days again; those that cannot be had with the other rooms that can, the smallest first.

    What the days that can be had take of the group's share is not offered a second time.
    """
    venue, wish = as_known(shown.room).venue, shown.wish
    needed = wish.people or shown.room.capacity
    rooms = sorted(
        (room for room in bookable_rooms(venue) if room.capacity >= needed),
        key=lambda room: (room.capacity, room.id),
    )
    asked = [
        Order(room, wish.on(each.day), for_)
        for each in shown.in_the_way
        if each.period is not None
        for room in rooms
        if room.id != each.room.id and _is_open(room, each.period)
    ]
    if not asked:
        return shown.days
    offers: dict[date, list[Offer]] = {}
    for found in prospects_apart(asked, now=now, ledger=ledger):
        if found.is_bookable:
            period = found.order.wish.period
            offer = Offer(found.order.room, period, found.priced)
            offers.setdefault(day_of(period.start), []).append(offer)
    return [
        replace(each, elsewhere=offers[each.day]) if each.day in offers else each
        for each in shown.days
    ]


def _is_open(room: Room, period: Period) -> bool:
    """On a holiday the whole house is shut, and nobody needs to ask who has which room."""
    windows = bookable_windows(room, day_of(period.start), day_of(period.end))
    return any(window.contains(period) for window in windows)
