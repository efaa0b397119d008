"""What a change of a series means for each of its days; the change itself asks this same thing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.changes.meaning import Meaning, PriceOf, Wanted, meaning_of
from buurthuis.bookings.counting import made_before
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice import due_now
from buurthuis.bookings.prospects import prospects
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.refusals import NotBookable
from buurthuis.bookings.series.day_shown import shown_as
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.planning import PlanOn, plans_with
from buurthuis.bookings.series.preview import on_one_day
from buurthuis.bookings.series.queries import WORDS, day_in_series, is_exception
from buurthuis.bookings.series.refusals import DaysInTheWay
from buurthuis.bookings.steps import own_minutes
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.extras import wishes as extra_wishes
from buurthuis.rules.availability import Problem
from buurthuis.rules.calendar import MissingHour
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.tariffs.each import Wanted as ToPrice
from buurthuis.tariffs.each import price_each
from buurthuis.tariffs.queries import Priced
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.hours import holidays_of
from buurthuis.venues.known import as_known
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class Step:
    """What one booking becomes."""

    booking: Booking
    wanted: Wanted
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class ChangeSeen:
    """The days that would change, and those that stay as they were made apart."""

    steps: Sequence[Step]
    kept: Sequence[Booking]

    @property
    def before_cents(self) -> Cents:
        """What the days that change cost now."""
        return sum(step.meaning.before_cents for step in self.steps)

    @property
    def total_cents(self) -> Cents:
        """What they would cost."""
        return sum(step.meaning.total_cents for step in self.steps)

    @property
    def asked(self) -> list[Step]:
        """The days to which the house has to agree first."""
        return to_ask(self.steps)

    @property
    def at_once(self) -> list[Step]:
        """The days that change as soon as it is sent."""
        return [step for step in self.steps if not step.meaning.needs_house]


def look_at_change(
    series: Series,
    coming: Sequence[Booking],
    values: Mapping[str, Any],
    *,
    by: Person,
    now: datetime,
) -> ChangeSeen:
    """What a change would mean for these days, without changing anything.

    Raises:
        What `steps_of` raises.
    """
    changing, kept = apart(series, coming)
    return ChangeSeen(steps_of(changing, plans_with(series, values), by=by, now=now), kept)


def apart(series: Series, coming: Iterable[Booking]) -> tuple[list[Booking], list[Booking]]:
    """The days that change with the series, and those that were changed by themselves."""
    changing: list[Booking] = []
    kept: list[Booking] = []
    for booking in coming:
        (kept if is_exception(series, booking) else changing).append(booking)
    return changing, kept


def to_ask(steps: Iterable[Step]) -> list[Step]:
    """What the house has to agree to first."""
    return [step for step in steps if step.meaning.needs_house]


def steps_of(
    changing: Sequence[Booking],
    plan_on: PlanOn,
    *,
    by: Person,
    now: datetime,
    spaces: Spaces | None = None,
) -> list[Step]:
    """What each booking becomes by the plan of its day, once nothing stands in the way of any.

    Raises:
        DaysInTheWay: days cannot be had like this; it names them.
        NotBookable: more people than a room holds.
        NoPrice: the house sells nothing that covers the other time.
    """
    wishes = {booking.id: _wish(booking, plan_on) for booking in changing}
    wanted = {booking.id: _wanted(booking, plan_on, wishes[booking.id]) for booking in changing}
    moving = [booking for booking in changing if wanted[booking.id].moves(booking)]
    orders = [
        Order(wanted[each.id].room, wishes[each.id], each.initiative, instead_of=each.period)
        for each in moving
    ]
    _insist_on_places(moving, orders, now=now, spaces=spaces)
    price_of, dues = _prices(changing, wanted), due_now(changing, now)
    return [
        Step(
            each,
            wanted[each.id],
            meaning_of(each, wanted[each.id], by=by, now=now, price_of=price_of, dues=dues),
        )
        for each in changing
    ]


def _prices(changing: Sequence[Booking], wanted: Mapping[int, Wanted]) -> PriceOf:
    """What everything costs that one may ask about these changes, looked up together."""
    asked = {}
    for booking in changing:
        new = wanted[booking.id]
        purpose = new.words.get("purpose", booking.purpose)
        people = new.words.get("people", booking.people)
        if new.moves(booking):
            asked[new.room.id, new.period, purpose] = new.room, booking, people
        if purpose != booking.purpose:
            asked[booking.room_id, booking.period, purpose] = booking.room, booking, people
            asked[booking.room_id, booking.period, booking.purpose] = booking.room, booking, people
    prices = price_each(
        [
            ToPrice(
                as_known(room),
                period,
                booking.initiative,
                purpose,
                pricing.beside_of(booking, people),
                booking.id,
            )
            for (_, period, purpose), (room, booking, people) in asked.items()
        ],
        counting=made_before,
    )
    known = dict(zip(asked, prices, strict=True))

    def price_of(
        room: Room, period: Period, _booking: Booking, purpose: Purpose, _people: int | None
    ) -> Priced:
        found = known[room.id, period, purpose]
        if found is None:
            raise NoPrice(room=room.name)
        return found

    return price_of


def _wish(booking: Booking, plan_on: PlanOn) -> Wish:
    """What the plan of its day asks for now, with the minutes and the extras that it has itself."""
    day = day_in_series(booking)
    plan = plan_on(day)
    try:
        wish = on_one_day(plan, day).on(day)
    except MissingHour:
        raise DaysInTheWay([shown_as(day, plan.room, None, {})]) from None
    setup, teardown = own_minutes(booking, plan.room)
    extras = tuple(extra_wishes.Wanted(each.extra_id, each.quantity) for each in booking.extras)
    return replace(wish, setup_minutes=setup, teardown_minutes=teardown, extras=extras)


def _wanted(booking: Booking, plan_on: PlanOn, wish: Wish) -> Wanted:
    """The same in the words of a change."""
    room = plan_on(day_in_series(booking)).room
    if wish.people is not None and wish.people > room.capacity:
        raise NotBookable([Problem.TOO_MANY_PEOPLE], room, wish.ask)
    return Wanted(room, wish.period, {name: getattr(wish, name) for name in WORDS})


def _insist_on_places(
    moving: Sequence[Booking], orders: Sequence[Order], *, now: datetime, spaces: Spaces | None
) -> None:
    """Refuse days that cannot be had; the old places of the same days do not count."""
    if not moving:
        return
    days = [day_in_series(booking) for booking in moving]
    found = prospects(orders, now=now, spaces=spaces, ignoring={each.id for each in moving})
    holidays = holidays_of(as_known(orders[0].room), days[0], days[-1])
    shown = [
        shown_as(day, order.room, prospect, holidays)
        for day, order, prospect in zip(days, orders, found, strict=True)
    ]
    in_the_way = [each for each in shown if not each.is_bookable]
    if in_the_way:
        raise DaysInTheWay(in_the_way)
