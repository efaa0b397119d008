"""What comes on top of a room and what goes off, by one card, in the words of the house rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from buurthuis.foundation.keeping import worked_out
from buurthuis.rules import charges
from buurthuis.rules.charges import Measure, Window
from buurthuis.rules.reductions import NOTHING_KNOWN, History, Offer, Reason, Span
from buurthuis.tariffs.charge_models import EVERY_DAY, Surcharge
from buurthuis.tariffs.models import RateCard
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class Beside:
    """What else a price follows from: how many come, what they take, how the house knows the group.

    `extras` are so many of each, by its id.
    """

    people: int | None = None
    extras: tuple[tuple[int, int], ...] = ()
    history: History = NOTHING_KNOWN


ALONE = Beside()


def surcharges_in(card: RateCard, room: Room) -> tuple[charges.Surcharge, ...]:
    """What a house asks more for this room, and when."""
    return tuple(_surcharge(each) for each in card.surcharges if each.room_id in (None, room.id))


def offers_on(card: RateCard) -> tuple[Offer, ...]:
    """What the card takes off for who begins and for who comes often."""
    return worked_out(
        card,
        "offers",
        lambda: tuple(
            Offer(
                reason=each.reason,
                off_bp=each.off_bp,
                kind=each.kind,
                months=each.months or 0,
                from_nth=each.from_nth or 1,
                per=each.per or Span.YEAR,
            )
            for each in card.reductions
        ),
    )


def counts_by(card: RateCard) -> Span | None:
    """The longest stretch over which a card counts what a group booked; None when it counts nothing."""
    return worked_out(card, "counts by", lambda: _longest_span(offers_on(card)))


def _longest_span(offers: Sequence[Offer]) -> Span | None:
    spans = {each.per for each in offers if each.reason is Reason.FREQUENT}
    return max(spans, key=list(Span).index, default=None)


def priced_extras(
    card: RateCard, taken: Sequence[tuple[int, int]]
) -> Mapping[charges.ExtraRate, int]:
    """What is taken of the extras that have a price on the card; the others are free."""
    rates = {each.extra_id: each for each in card.extra_rates}
    found: dict[charges.ExtraRate, int] = {}
    for extra_id, quantity in taken:
        rate = rates.get(extra_id)
        if rate is not None:
            # Two extras of one name and price are one line of both.
            same = charges.ExtraRate(rate.name, rate.measure, rate.cents, rate.vat_bp)
            found[same] = found.get(same, 0) + quantity
    return found


class Follows(NamedTuple):
    """What a price by a card follows from besides the clock, the group and what it takes along."""

    by_weekday: bool
    """The same hours may cost something else on another day of the week."""
    by_people: bool
    """Something is paid for each person."""
    offers: tuple[Offer, ...]


def follows_from(card: RateCard) -> Follows:
    """What prices by this card follow from."""
    return worked_out(
        card,
        "follows",
        lambda: Follows(
            by_weekday=any(each.weekdays != EVERY_DAY for each in card.surcharges),
            by_people=any(each.measure is Measure.PERSON for each in card.extra_rates),
            offers=offers_on(card),
        ),
    )


def weekdays_of(mask: int) -> frozenset[int]:
    """The days of a mask; Monday is 0."""
    return frozenset(day for day in range(7) if mask & 1 << day)


def mask_of(weekdays: frozenset[int]) -> int:
    """The mask of some days of the week; none named means every day."""
    return sum(1 << day for day in weekdays) or EVERY_DAY


def _surcharge(row: Surcharge) -> charges.Surcharge:
    window = Window(weekdays_of(row.weekdays), row.starts_minute, row.ends_minute)
    return charges.Surcharge(row.name, row.measure, row.amount, window, row.vat_bp)
