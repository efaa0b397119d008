"""What stands in the way of orders and what they cost, looked at together and before anything is stored.

A preview shows what is found here and `placing.place` insists on it, so what is offered is
bookable. However many orders there are, the facts are read in a constant number of questions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from buurthuis.bookings.counting import made_before, made_before_apart
from buurthuis.bookings.facts import facts_of, with_company
from buurthuis.bookings.fair_use import Asked, Ledger
from buurthuis.bookings.queries import Spaces, spaces_known
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.extras.shelf import Ask, Lack, Shelf
from buurthuis.occupancy.queries import Held, held_around
from buurthuis.occupancy.timeline import Timeline
from buurthuis.rules import availability
from buurthuis.rules.availability import Obstacle
from buurthuis.rules.calendar import day_of
from buurthuis.rules.fair_use import Excess
from buurthuis.rules.overlap import with_buffers
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Recognition
from buurthuis.tariffs.each import Counting, Wanted, price_each
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.known import as_known
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class Prospect:
    """One order with everything that stands in its way, and what it costs if nothing does.

    Without problems and without a price the house sells nothing that covers its time. `lacks` are
    the extras that cannot come along to a place that can be had. `is_alone`: its group has nothing
    within its time and its buffers, also not by an order before it, so nothing is shared out.
    """

    order: Order
    problems: list[Obstacle]
    priced: Priced | None
    lacks: Sequence[Lack] = ()
    is_alone: bool = False

    @property
    def is_bookable(self) -> bool:
        """`place` would store it as it is."""
        return not self.problems and not self.lacks and self.priced is not None


def prospects(
    orders: Sequence[Order],
    *,
    now: datetime,
    spaces: Spaces | None = None,
    ignoring: Collection[int] = (),
    ledger: Ledger | None = None,
) -> list[Prospect]:
    """Look at orders together, in their order; `spaces` and `ignoring` as for `check`.

    `ledger` is what is known of the shares of the groups around all these times, where that was
    read before; what is found good counts in it from then on.
    """
    look = _Look(orders, spaces, ignoring, ledger)
    problems = look.one_after_another(now)
    found = _with_lacks(
        _with_prices(orders, problems, look, made_before), now=now, ignoring=ignoring
    )
    if not _counts_too_many(found):
        return found
    fewer = [replace(each.order, only_seen=not _would_be_booked(each)) for each in found]
    again = _with_prices(fewer, problems, look, made_before)
    return [replace(each, priced=other.priced) for each, other in zip(found, again, strict=True)]


def prospects_apart(
    orders: Sequence[Order], *, now: datetime, ledger: Ledger | None = None
) -> list[Prospect]:
    """Look at each order as if it were the only one: rooms from which one will be chosen."""
    look = _Look(orders, None, (), ledger)
    problems = [look.problems(each, now) for each in look.asked]
    found = _with_prices(orders, problems, look, made_before_apart)
    return _with_lacks(found, now=now, are_apart=True)


def _with_prices(
    orders: Sequence[Order], found: Sequence[list[Obstacle]], look: "_Look", counting: Counting
) -> list[Prospect]:
    pairs = list(zip(orders, found, strict=True))
    good = [order for order, problems in pairs if not problems and _known_price(order) is None]
    rooms = rooms_of(good)
    wanted = [
        Wanted(
            rooms[each.room.id],
            each.wish.period,
            each.initiative,
            each.wish.purpose,
            each.wish.beside,
            only_seen=each.only_seen,
        )
        for each in good
    ]
    prices = iter(price_each(wanted, recognitions=look.recognitions, counting=counting))
    priced = [
        None if problems else _known_price(order) or next(prices) for order, problems in pairs
    ]
    return [
        Prospect(order, problems, price, is_alone=asked.is_alone)
        for (order, problems), price, asked in zip(pairs, priced, look.asked, strict=True)
    ]


def _known_price(order: Order) -> Priced | None:
    """What was settled before it came here."""
    return order.agreed.price if order.agreed else None


def _with_lacks(
    found: Sequence[Prospect],
    *,
    now: datetime,
    ignoring: Collection[int] = (),
    are_apart: bool = False,
) -> list[Prospect]:
    """The same with the extras that cannot come along; what one takes is away for the next ones."""
    if not any(each.order.wish.extras for each in found):
        return list(found)
    asks = [_extras_asked(each.order) for each in found]
    shelf = Shelf(asks, ignoring=ignoring)
    told = []
    for each, ask in zip(found, asks, strict=True):
        lacks = shelf.lacks(ask, now=now) if ask.wanted and not each.problems else ()
        told.append(replace(each, lacks=lacks) if lacks else each)
        if told[-1].is_bookable and not (are_apart or each.order.only_seen):
            shelf.take(ask)
    return told


def _is_set_aside(found: Obstacle, order: Order) -> bool:
    """A manager makes an exception, or the house agreed on it before it came here."""
    if isinstance(found, Excess):
        return bool(order.exception or order.agreed)
    return order.agreed is not None and found in order.agreed.sets_aside


def _would_be_booked(found: Prospect) -> bool:
    return found.is_bookable and not found.order.only_seen


def _counts_too_many(found: Sequence[Prospect]) -> bool:
    """Whether somebody counted what came before, and days among it that nobody can book."""
    counts = any(each.priced and each.priced.history.had_before is not None for each in found)
    return counts and any(
        not (each.problems or each.is_bookable or each.order.only_seen) for each in found
    )


def _extras_asked(order: Order) -> Ask:
    wish = order.wish
    return Ask(wish.extras, order.room, wish.period, is_had=order.instead_of is not None)


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
    return _Look(orders, spaces, ignoring).one_after_another(now)


def rooms_of(orders: Sequence[Order]) -> dict[int, Room]:
    """The rooms of orders by id, with all that their houses and hours tell."""
    rooms = {order.room.id: order.room for order in orders}
    return {room_id: as_known(room) for room_id, room in rooms.items()}


class _Place:
    """A room with what follows from it whatever the day: a series asks for that with each of its days."""

    def __init__(self, room: Room, spaces: Spaces) -> None:
        self.room, self.room_id, self.limits = room, room.id, room.venue.limits
        self.spaces = spaces[room.id]
        self.spaces_with_company = {each: spaces[each] for each in with_company([room])}
        self.setup_minutes, self.teardown_minutes = room.setup_minutes, room.teardown_minutes
        self.turnover_minutes = room.turnover_minutes


class _Asking:
    """An order with what follows from it and from its room, worked out once."""

    def __init__(self, order: Order, place: _Place) -> None:
        wish = order.wish
        self.order, self.place, self.ask = order, place, wish.ask
        self.is_alone = False  # Until somebody looked.
        self.initiative_id = order.initiative.id
        self.fair = Asked(
            place.room, wish.period, self.initiative_id, wish.is_series, order.instead_of
        )
        # The time with its buffers: what others hold outside of it does not matter.
        self.wanted = wish.period if order.agreed else _with_buffers(wish, place)

    def as_held(self, space: int) -> Held:
        """What the order would hold of a space, had it been booked."""
        return Held(
            space_id=space,
            room_id=self.place.room_id,
            booking_id=None,
            closure_id=None,
            initiative_id=self.initiative_id,
            use=self.ask.period,
            period=self.wanted,
        )


def _with_buffers(wish: Wish, place: _Place) -> Period:
    return with_buffers(
        wish.period,
        setup_minutes=place.setup_minutes + wish.setup_minutes,
        teardown_minutes=place.teardown_minutes + wish.teardown_minutes,
        turnover_minutes=place.turnover_minutes,
    )


class _Look:
    """What is known of the rooms of some orders around their times, read at once."""

    def __init__(
        self,
        orders: Sequence[Order],
        spaces: Spaces | None,
        ignoring: Collection[int],
        ledger: Ledger | None = None,
    ) -> None:
        rooms = rooms_of(orders)
        beside = with_company(rooms.values())
        known = {**spaces_known(beside.values()), **(spaces or {})}
        places = {room_id: _Place(room, known) for room_id, room in rooms.items()}
        self.asked = [_Asking(order, places[order.room.id]) for order in orders]
        every_space = {space for room_id in beside for space in known[room_id]}
        wanted = [each.wanted for each in self.asked]
        self._held = Timeline(held_around(every_space, wanted, ignoring=ignoring))
        self._fair = ledger or Ledger([each.fair for each in self.asked], ignoring=ignoring)

    @property
    def recognitions(self) -> Mapping[int, Sequence[Recognition]]:
        """What houses recognised of groups, as far as fair use had to know it."""
        return self._fair.recognitions

    def one_after_another(self, now: datetime) -> list[list[Obstacle]]:
        """What stands in the way of each; the good ones stand in the way of those after them."""
        found = []
        for each in self.asked:
            problems = self.problems(each, now)
            if not problems and not each.order.only_seen:
                self.hold(each)
            found.append(problems)
        return found

    def problems(self, asked: _Asking, now: datetime) -> list[Obstacle]:
        order, place, period = asked.order, asked.place, asked.ask.period
        here = place.spaces_with_company.items()
        facts = facts_of(
            place.room,
            {each: self._held.around(spaces, asked.wanted) for each, spaces in here},
            *(day_of(period.start), day_of(period.end)),
            initiative_id=asked.initiative_id,
            fair=self._fair.facts(asked.fair),
        )
        # What was agreed is looked at without buffers, so what lies within those is not seen.
        asked.is_alone = not (facts.own or order.agreed)
        if order.agreed:
            facts = replace(facts, setup_minutes=0, teardown_minutes=0, turnover_minutes=0)
        found = availability.problems(asked.ask, facts, place.limits, now=now)
        return [each for each in found if not _is_set_aside(each, order)]

    def hold(self, asked: _Asking) -> None:
        """From now on an order is in the way of the next ones."""
        for space in asked.place.spaces:
            self._held.add(asked.as_held(space))
        self._fair.add(asked.fair)
