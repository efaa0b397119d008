"""What stands in the way of orders and what they cost, looked at together and before anything is stored.

A preview shows what is found here and `placing.place` insists on it, so what is offered is
bookable. However many orders there are, the facts are read in a constant number of questions.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from buurthuis.bookings.facts import facts_from, with_company
from buurthuis.bookings.fair_use import Asked, Ledger
from buurthuis.bookings.queries import Spaces, spaces_known
from buurthuis.bookings.wishes import Order
from buurthuis.occupancy.queries import Held, held_around
from buurthuis.occupancy.timeline import Timeline
from buurthuis.rules import availability
from buurthuis.rules.availability import Obstacle
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.fair_use import Excess
from buurthuis.rules.overlap import with_buffers
from buurthuis.rules.periods import Period
from buurthuis.tariffs.each import Wanted, price_each
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.known import as_known
from buurthuis.venues.models import Room

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Prospect:
    """One order with everything that stands in its way, and what it costs if nothing does.

    Without problems and without a price the house sells nothing that covers its time.
    """

    order: Order
    problems: list[Obstacle]
    priced: Priced | None

    @property
    def is_bookable(self) -> bool:
        """`place` would store it as it is."""
        return not self.problems and self.priced is not None


def prospects(
    orders: Sequence[Order],
    *,
    now: datetime,
    spaces: Spaces | None = None,
    ignoring: Collection[int] = (),
) -> list[Prospect]:
    """Look at orders together, in their order; `spaces` and `ignoring` as for `check`."""
    return _with_prices(orders, check(orders, now=now, spaces=spaces, ignoring=ignoring))


def prospects_apart(orders: Sequence[Order], *, now: datetime) -> list[Prospect]:
    """Look at each order as if it were the only one: rooms from which one will be chosen."""
    look = _Look(orders, None, ())
    return _with_prices(orders, [look.problems(order, now) for order in orders])


def _with_prices(orders: Sequence[Order], found: Sequence[list[Obstacle]]) -> list[Prospect]:
    good = [order for order, problems in zip(orders, found, strict=True) if not problems]
    prices = iter(price_each([_wanted(order) for order in good]))
    return [
        Prospect(order, problems, None if problems else next(prices))
        for order, problems in zip(orders, found, strict=True)
    ]


def check(
    orders: Sequence[Order],
    *,
    now: datetime,
    spaces: Spaces | None = None,
    ignoring: Collection[int] = (),
) -> list[list[Obstacle]]:
    """Everything that stands in the way of each order, in their order; an empty list means yes.

    Each order finds the time of the good ones before it taken, as if those were booked already: a
    series cannot overlap itself. `spaces` are those of every room, where they are known under the
    lock; `ignoring` leaves out bookings that would give way.
    """
    look = _Look(orders, spaces, ignoring)
    found = []
    for order in orders:
        problems = look.problems(order, now)
        if not problems:
            look.hold(order)
        found.append(problems)
    return found


class _Look:
    """What is known of the rooms of some orders around their times, read at once."""

    def __init__(
        self, orders: Sequence[Order], spaces: Spaces | None, ignoring: Collection[int]
    ) -> None:
        self._rooms = {order.room.id: as_known(order.room) for order in orders}
        beside = with_company(self._rooms.values())
        self._spaces = {**spaces_known(beside.values()), **(spaces or {})}
        every_space = {space for room_id in beside for space in self._spaces[room_id]}
        around = [_around(order.wish.period) for order in orders]
        self._held = Timeline(held_around(every_space, around, ignoring=ignoring))
        self._fair = Ledger([self._asked(order) for order in orders], ignoring=ignoring)

    def problems(self, order: Order, now: datetime) -> list[Obstacle]:
        room, ask, days = self._rooms[order.room.id], order.wish.ask, _around(order.wish.period)
        here = {room.id: room} if not room.only_with else with_company([room])
        claims = {room_id: self._held.around(self._spaces[room_id], days) for room_id in here}
        first, last = day_of(ask.period.start), day_of(ask.period.end)
        known = facts_from(claims, [room], first, last, initiative_id=order.initiative.id)
        facts = replace(known[room.id], fair=self._fair.facts(self._asked(order)))
        found = availability.problems(ask, facts, room.venue.limits, now=now)
        return [each for each in found if not (order.exception and isinstance(each, Excess))]

    def hold(self, order: Order) -> None:
        """From now on an order is in the way of the next ones."""
        room = self._rooms[order.room.id]
        for space in self._spaces[room.id]:
            self._held.add(_as_held(order, room, space))
        self._fair.add(self._asked(order))

    def _asked(self, order: Order) -> Asked:
        wish = order.wish
        return Asked(self._rooms[order.room.id], wish.period, order.initiative.id, wish.is_series)


def _around(period: Period) -> Period:
    """The day before until the day after: no buffer reaches further."""
    first, last = day_of(period.start) - A_DAY, day_of(period.end) + A_DAY
    return Period(day_period(first).start, day_period(last).end)


def _as_held(order: Order, room: Room, space: int) -> Held:
    """What an order would hold of a space, had it been booked."""
    period = order.wish.period
    wanted = with_buffers(
        period,
        setup_minutes=room.setup_minutes + order.wish.setup_minutes,
        teardown_minutes=room.teardown_minutes + order.wish.teardown_minutes,
        turnover_minutes=room.turnover_minutes,
    )
    return Held(space, room.id, None, None, order.initiative.id, period, wanted)


def _wanted(order: Order) -> Wanted:
    return Wanted(as_known(order.room), order.wish.period, order.initiative, order.wish.purpose)
