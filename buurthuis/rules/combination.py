"""The cheapest combination of what a house sells that covers a booking.

The search is exact and stays small. A combination is a chain of parts in the order of the day;
what the chain leaves uncovered is paid by blocks and by the hour. For each part, and for each
number of uncovered minutes up to it, only the cheapest chain that ends there is kept: whatever
follows costs the same for all of them. The house's rules are told in `tariffs`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from buurthuis.rules.calendar import MINUTES_A_DAY, clock_minutes, minute_of
from buurthuis.rules.money import BasisPoints, Cents, half_up
from buurthuis.rules.periods import Period


class NoRate(ValueError):
    """The house sells nothing that covers this time."""


@dataclass(frozen=True, slots=True)
class HourRate:
    """A price for an hour; a unit of `rounding_minutes` counts once it is begun.

    Of a unit that is not the first, as much as `grace_minutes` may be used for nothing. A price
    for a square metre counts as often as the room has `square_metres`.
    """

    cents: Cents
    only_on_top: bool = False
    rounding_minutes: int = 15
    grace_minutes: int = 0
    square_metres: Decimal | None = None

    def billed_minutes(self, minutes: int) -> int:
        """The minutes one pays for."""
        units, over = divmod(minutes, self.rounding_minutes)
        if over > (self.grace_minutes if units else 0):
            units += 1
        return units * self.rounding_minutes

    def price(self, minutes: int) -> Cents:
        """The price of so many minutes, rounded up to the unit, half a cent up."""
        times = 1 if self.square_metres is None else Fraction(self.square_metres)
        return half_up(Fraction(self.cents * self.billed_minutes(minutes), 60) * times)


@dataclass(frozen=True, slots=True)
class PartRate:
    """A price for a part of the day, in clock minutes; it may end after midnight."""

    name: str
    starts: int
    ends: int
    cents: Cents


@dataclass(frozen=True, slots=True)
class BlockRate:
    """A price for so many minutes, whenever they begin; without `minutes`, for as long as one likes.

    Whoever stays no longer than `grace_minutes` after it pays nothing for that. Who stays longer
    pays from the end of the block on.
    """

    cents: Cents
    minutes: int | None = None
    grace_minutes: int = 0


@dataclass(frozen=True, slots=True)
class RoomRates:
    """What a house sells of one room; amounts without VAT, `vat_bp` None is exempt.

    The rate `on_top`, as an hour rate that is `only_on_top`, is for whoever buys a part or a
    block as well. No booking costs less than `least_cents`.
    """

    hour: HourRate | None = None
    metre_hour: HourRate | None = None
    on_top: HourRate | None = None
    parts: Sequence[PartRate] = ()
    blocks: Sequence[BlockRate] = ()
    free_gap_between_parts: bool = False
    least_cents: Cents = 0
    vat_bp: BasisPoints | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought: parts in the order of the day, blocks, and minutes at an hour rate.

    `missing_cents` is what it takes to reach the least that a booking costs.
    """

    parts: tuple[PartRate, ...]
    hour: HourRate | None = None
    minutes: int = 0
    block: BlockRate | None = None
    blocks: int = 0
    missing_cents: Cents = 0

    @property
    def cents(self) -> Cents:
        """The list price."""
        by_the_hour = self.hour.price(self.minutes) if self.hour else 0
        by_the_block = self.block.cents * self.blocks if self.block else 0
        bought = sum(part.cents for part in self.parts) + by_the_block + by_the_hour
        return bought + self.missing_cents


class _Placed(NamedTuple):
    """A part on one day of the booking, in clock minutes from the first day's midnight."""

    starts: int
    ends: int
    day: int
    rate: PartRate


class _Chain(NamedTuple):
    """Parts bought so far, and what they cost."""

    cents: Cents
    parts: tuple[PartRate, ...]


_Cheapest: TypeAlias = dict[int, _Chain]
"""The cheapest chain for each number of minutes that it leaves uncovered."""


def cheapest(period: Period, rates: RoomRates) -> Purchase:
    """The cheapest purchase that covers a period; of equals the one with the fewest hours.

    Raises:
        NoRate: nothing that the house sells covers it.
    """
    starts = minute_of(period.start)
    asked = range(starts, starts + clock_minutes(period))
    offers = list(_offers(asked, rates))
    if not offers:
        raise NoRate(f"Nothing covers {period.start} to {period.end}.")
    best = min(offers, key=lambda each: (each.cents, each.minutes, len(each.parts), each.blocks))
    return replace(best, missing_cents=max(0, rates.least_cents - best.cents))


def _offers(asked: range, rates: RoomRates) -> Iterator[Purchase]:
    """Every purchase worth comparing."""
    yield from _with_the_rest(len(asked), _Chain(0, ()), rates)
    placed = _parts_within_reach(asked, rates)
    ending_with: list[_Cheapest] = []
    for at, part in enumerate(placed):
        chains: _Cheapest = {}
        before = len(range(asked.start, min(part.starts, asked.stop)))
        _keep(chains, before, _Chain(part.rate.cents, (part.rate,)))
        for earlier, so_far in zip(placed[:at], ending_with, strict=True):
            if not (earlier.starts < part.starts and earlier.ends < part.ends):
                continue
            between = _uncovered_between(earlier, part, asked, rates)
            for minutes, chain in so_far.items():
                longer = _Chain(chain.cents + part.rate.cents, (*chain.parts, part.rate))
                _keep(chains, minutes + between, longer)
        ending_with.append(chains)
        after = len(range(max(part.ends, asked.start), asked.stop))
        for minutes, chain in chains.items():
            yield from _with_the_rest(minutes + after, chain, rates)


def _with_the_rest(uncovered: int, chain: _Chain, rates: RoomRates) -> Iterator[Purchase]:
    """The parts of a chain, with what it leaves uncovered in blocks and at every rate that allows it."""
    yield from _with_hours(uncovered, Purchase(chain.parts), rates)
    if uncovered:
        for block in rates.blocks:
            yield from _with_blocks(uncovered, chain, block, rates)


def _with_blocks(
    uncovered: int, chain: _Chain, block: BlockRate, rates: RoomRates
) -> Iterator[Purchase]:
    """One block after the other, as long as there is time that they do not cover."""
    if block.minutes is None:
        yield Purchase(chain.parts, block=block, blocks=1)
        return
    for count in range(1, -(-uncovered // block.minutes) + 1):
        left = uncovered - count * block.minutes
        bought = Purchase(chain.parts, block=block, blocks=count)
        yield from _with_hours(left if left > block.grace_minutes else 0, bought, rates)


def _with_hours(uncovered: int, bought: Purchase, rates: RoomRates) -> Iterator[Purchase]:
    """What is bought, with the minutes it leaves uncovered at every rate that allows it."""
    has_more = bool(bought.parts or bought.blocks)
    if uncovered == 0:
        yield bought
        return
    for rate in (rates.hour, rates.metre_hour):
        if rate is not None and (has_more or not rate.only_on_top):
            yield replace(bought, hour=rate, minutes=uncovered)
    if rates.on_top is not None and has_more:
        yield replace(bought, hour=rates.on_top, minutes=uncovered)


def _keep(chains: _Cheapest, minutes: int, chain: _Chain) -> None:
    """Keep the cheaper of two chains that leave the same minutes uncovered."""
    if minutes not in chains or chain.cents < chains[minutes].cents:
        chains[minutes] = chain


def _parts_within_reach(asked: range, rates: RoomRates) -> list[_Placed]:
    """The parts of every day of the booking, and of the day before, for they may run on into it.

    A part that the booking does not use is among them: it may be bought to get hours on top.
    """
    last_day = (asked.stop - 1) // MINUTES_A_DAY
    return sorted(
        (
            _Placed(part.starts + day * MINUTES_A_DAY, part.ends + day * MINUTES_A_DAY, day, part)
            for day in range(-1, last_day + 1)
            for part in rates.parts
        ),
        key=lambda placed: placed[:3],
    )


def _uncovered_between(earlier: _Placed, later: _Placed, asked: range, rates: RoomRates) -> int:
    """The asked minutes between two parts that are paid by the hour."""
    if rates.free_gap_between_parts and _follow_each_other(earlier, later, rates.parts):
        return 0
    return len(range(max(earlier.ends, asked.start), min(later.starts, asked.stop)))


def _follow_each_other(earlier: _Placed, later: _Placed, parts: Sequence[PartRate]) -> bool:
    """Whether two parts lie on one day and no third part of it lies between them."""
    return earlier.day == later.day and not any(
        earlier.rate.ends <= part.starts and part.ends <= later.rate.starts for part in parts
    )
