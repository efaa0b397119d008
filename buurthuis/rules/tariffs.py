"""What a booking costs, explained line by line.

A house prices a room by the hour, by the part of the day, or both. A booking is priced by the
cheapest combination of what the house sells that covers its time:

1. **Parts.** A part costs the same however much of it is used, so one may buy more than one uses.
   A part lies on the day it is named for, so an evening that passes midnight stays one evening.
   Where the house says so, the gap between two parts of a day that follow each other is free
   for whoever buys both.
2. **Blocks.** So many hours for one price, whenever they begin; a little longer is free.
3. **Hours.** What nothing else covers is counted together, rounded up to the unit the house
   charges, and paid by the hour, or by the hour and the square metre. A rate "on top" is only
   for whoever buys a part or a block as well.
4. What nothing covers has no price, and then the booking has none: `NoRate`. What costs less than
   the least that a booking costs, costs that.

That gives the *list price*, the same for everybody. After it come, each on its own line:

5. **Standing.** One pays a percentage of the list, or prices of one's own: less is a discount,
   more is a surcharge.
6. **Reductions.** Who begins, or who comes often, pays so much less of what is left, one
   reduction after the other.
7. **Party.** A party multiplies what one pays. Whoever already pays more than the list pays the
   higher of the two, not both: a stranger's party doubles once. Cleaning comes on top.
8. **Surcharges** for a time of the week or for a service, and **extras** (`charges`).
9. **VAT.** The room is taxed as one amount, after discount and surcharge, and so is each service;
   each is rounded once. The lines of the room share its VAT so that they add up to it.

Clock hours are charged and not elapsed hours: 20:00 to 04:00 is eight hours in every night of
the year. All amounts are without VAT, save the total.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from buurthuis.rules.charges import (
    Charge,
    ExtraRate,
    Measure,
    extra_charges,
    surcharge_on,
)
from buurthuis.rules.combination import (
    BlockRate,
    HourRate,
    NoRate,
    PartRate,
    Purchase,
    RoomRates,
    cheapest,
)
from buurthuis.rules.money import BasisPoints, Cents, share, vat_on
from buurthuis.rules.periods import Period
from buurthuis.rules.quotes import (
    LIST,
    SURCHARGES,
    Line,
    LineKind,
    PartySurcharge,
    Quote,
    Reduction,
    Terms,
)

__all__ = [
    "LIST",
    "SURCHARGES",
    "BlockRate",
    "HourRate",
    "Line",
    "LineKind",
    "NoRate",
    "PartRate",
    "PartySurcharge",
    "Quote",
    "Reduction",
    "RoomRates",
    "Terms",
    "quote",
    "with_extras",
]


def quote(
    period: Period,
    rates: RoomRates,
    terms: Terms,
    *,
    party: bool = False,
    extras: Mapping[ExtraRate, int] | None = None,
    people: int | None = None,
) -> Quote:
    """Price a booking.

    Raises:
        NoRate: the house sells nothing that covers this time.
    """
    bought = cheapest(period, rates)
    room = [
        *_list_lines(bought),
        *_standing_lines(bought.cents, _pays(period, bought, terms), terms),
    ]
    services: list[Line] = []
    if party and terms.party is not None:
        room.extend(_party_lines(bought.cents, _sum(room), terms.party))
        services.extend(_cleaning_lines(terms.party, rates.vat_bp))
    pays = _sum(room)
    for surcharge in terms.surcharges:
        charge = surcharge_on(surcharge, period, pays)
        if charge is not None:
            is_service = surcharge.measure is Measure.BOOKING
            (services if is_service else room).append(_charged(LineKind.SURCHARGE, charge))
    taxed = [line for each in services for line in _taxed([each], each.vat_bp)]
    return Quote.of(
        [*_taxed(room, rates.vat_bp), *taxed, *_extra_lines(extras or {}, period, people)],
        deposit_cents=terms.deposit_cents,
        reason=terms.reason,
    )


def with_extras(
    before: Quote, period: Period, extras: Mapping[ExtraRate, int], people: int | None
) -> Quote:
    """The same quote with other extras, or other people to take them; the room keeps its price."""
    kept = [line for line in before.lines if line.kind is not LineKind.EXTRA]
    return Quote.of(
        [*kept, *_extra_lines(extras, period, people)],
        deposit_cents=before.deposit_cents,
        reason=before.reason,
    )


def _extra_lines(
    extras: Mapping[ExtraRate, int], period: Period, people: int | None
) -> Iterator[Line]:
    """A line for each extra that costs something, taxed by itself."""
    for charge in extra_charges(extras, period, people):
        line = _charged(LineKind.EXTRA, charge)
        yield from _taxed([line], line.vat_bp)


def _pays(period: Period, bought: Purchase, terms: Terms) -> Cents:
    """What one pays for the room by standing, before any reduction."""
    if terms.own_rates is not None:
        with suppress(NoRate):
            return cheapest(period, terms.own_rates).cents
    return share(bought.cents, terms.percentage_bp)


def _list_lines(bought: Purchase) -> Iterator[Line]:
    """A line for each part, one for the blocks, one for the hours, one for what is missing."""
    for part, times in Counter(bought.parts).items():
        yield Line(LineKind.PART, part.cents * times, part.cents, part.name, Decimal(times))
    if bought.block is not None:
        cents, hours = bought.block.cents, bought.block.minutes
        name = "" if hours is None else str(_hours(hours))
        yield Line(LineKind.BLOCK, cents * bought.blocks, cents, name, Decimal(bought.blocks))
    if bought.hour is not None:
        yield _hour_line(bought.hour, bought.minutes)
    if bought.missing_cents:
        yield Line(LineKind.LEAST, bought.missing_cents, bought.missing_cents)


def _hour_line(rate: HourRate, minutes: int) -> Line:
    """Hours at a rate; for a rate by the square metre the line is named after the room's size."""
    cents, hours = rate.price(minutes), _hours(rate.billed_minutes(minutes))
    if rate.square_metres is None:
        return Line(LineKind.HOUR, cents, rate.cents, quantity=hours)
    metres = rate.square_metres
    return Line(LineKind.HOUR, cents, rate.cents, f"{metres.normalize():f}", hours * metres)


def _hours(minutes: int) -> Decimal:
    """Minutes told in hours; thirds of an hour, which no decimal can tell, to four places."""
    hours = Decimal(minutes) / 60
    return round(hours, 4) if minutes % 3 else hours


def _standing_lines(list_cents: Cents, pays: Cents, terms: Terms) -> Iterator[Line]:
    """The discount or the surcharge of who books, if any, and the reductions after it."""
    difference = pays - list_cents
    if difference < 0:
        yield Line(LineKind.DISCOUNT, difference, difference, terms.reason)
    if difference > 0:
        yield Line(LineKind.STANDING_SURCHARGE, difference, difference, terms.reason)
    for reduction in terms.reductions:
        off = share(pays, reduction.off_bp)
        if off:
            yield Line(LineKind.DISCOUNT, -off, -off, reduction.reason)
        pays -= off


def _party_lines(list_cents: Cents, pays: Cents, party: PartySurcharge) -> Iterator[Line]:
    """What a party adds to what one pays anyway."""
    as_a_party = share(min(pays, list_cents), party.multiplier_bp)
    if as_a_party > pays:
        yield Line(LineKind.PARTY_SURCHARGE, as_a_party - pays, as_a_party - pays)


def _cleaning_lines(party: PartySurcharge, vat_bp: BasisPoints | None) -> Iterator[Line]:
    if party.cleaning_cents:
        cents = party.cleaning_cents
        yield Line(LineKind.CLEANING, cents, cents, vat_bp=vat_bp)


def _charged(kind: LineKind, charge: Charge) -> Line:
    return Line(kind, charge.cents, charge.unit_cents, charge.name, charge.quantity, charge.vat_bp)


def _sum(lines: Iterable[Line]) -> Cents:
    return sum(line.cents for line in lines)


def _taxed(lines: Iterable[Line], vat_bp: BasisPoints | None) -> Iterator[Line]:
    """Lines that are taxed as one amount, each with its share of the VAT.

    Each line gets what it adds to the VAT of the lines before it. So the shares add up to the
    VAT of the whole, and a line that takes a price away takes its VAT away with it.
    """
    so_far = 0
    for line in lines:
        if vat_bp is None:
            yield line
            continue
        added = vat_on(so_far + line.cents, vat_bp) - vat_on(so_far, vat_bp)
        so_far += line.cents
        yield replace(line, vat_bp=vat_bp, vat_cents=added)
