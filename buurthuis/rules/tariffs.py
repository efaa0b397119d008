"""What a booking costs, explained line by line.

A house prices a room by the hour, by the part of the day, or both. A booking is priced by the
cheapest combination of what the house sells that covers its time:

1. **Parts.** A part costs the same however much of it is used, so one may buy more than one uses.
   A part lies on the day it is named for, so an evening that passes midnight stays one evening.
   Where the house says so, the gap between two parts of a day that follow each other is free
   for whoever buys both.
2. **Hours.** What no part covers is counted together, rounded up to the unit the house charges,
   and paid by the hour. A rate "on top" is only for whoever buys a part as well.
3. What nothing covers has no price, and then the booking has none: `NoRate`.

That gives the *list price*, the same for everybody. After it come, each on its own line:

4. **Standing.** One pays a percentage of the list: less is a discount, more is a surcharge.
5. **Party.** A party multiplies what one pays. Whoever already pays more than the list pays the
   higher of the two, not both: a stranger's party doubles once. Cleaning comes on top.
6. **VAT.** The room is taxed as one amount, after discount and surcharge, and so is the cleaning;
   each is rounded once. The lines of the room share its VAT so that they add up to it.

Clock hours are charged and not elapsed hours: 20:00 to 04:00 is eight hours in every night of
the year. All amounts are without VAT, save the total.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from buurthuis.rules.combination import HourRate, NoRate, PartRate, Purchase, RoomRates, cheapest
from buurthuis.rules.money import WHOLE, BasisPoints, Cents, share, vat_on
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Kind

__all__ = [
    "HourRate",
    "Line",
    "LineKind",
    "NoRate",
    "PartRate",
    "PartySurcharge",
    "Quote",
    "RoomRates",
    "Terms",
    "quote",
]


class LineKind(StrEnum):
    """What a line of a quote is about."""

    PART = "part"
    HOUR = "hour"
    DISCOUNT = "discount"
    STANDING_SURCHARGE = "standing_surcharge"
    PARTY_SURCHARGE = "party_surcharge"
    CLEANING = "cleaning"


LIST: Final = frozenset({LineKind.PART, LineKind.HOUR})
SURCHARGES: Final = frozenset(
    {LineKind.STANDING_SURCHARGE, LineKind.PARTY_SURCHARGE, LineKind.CLEANING}
)


@dataclass(frozen=True, slots=True)
class PartySurcharge:
    """What a house asks extra for a party: 20 000 basis points doubles the price."""

    multiplier_bp: BasisPoints
    cleaning_cents: Cents = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms somebody books here.

    `kind` is None for who is not recognised. `percentage_bp` is the share of the list one pays:
    0 is free, 10 000 the list, 20 000 double. `reason` is the code that stands beside a discount
    or a surcharge.
    """

    kind: Kind | None = None
    percentage_bp: BasisPoints = WHOLE
    reason: str = ""
    party: PartySurcharge | None = None
    deposit_cents: Cents = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quote; a discount is negative, and `vat_bp` None is exempt.

    `quantity` counts parts or hours for the reader; `cents` is what counts.
    """

    kind: LineKind
    cents: Cents
    unit_cents: Cents
    name: str = ""
    quantity: Decimal = Decimal(1)
    vat_bp: BasisPoints | None = None
    vat_cents: Cents = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A price with its explanation: list − discount + surcharge + VAT = total."""

    list_cents: Cents
    discount_cents: Cents
    surcharge_cents: Cents
    vat_cents: Cents
    total_cents: Cents
    deposit_cents: Cents
    reason: str
    lines: tuple[Line, ...]

    @property
    def normal_cents(self) -> Cents:
        """What everybody pays, VAT included: the list price as a visitor compares it with the total."""
        return sum(line.cents + line.vat_cents for line in self.lines if line.kind in LIST)


def quote(period: Period, rates: RoomRates, terms: Terms, *, party: bool = False) -> Quote:
    """Price a booking.

    Raises:
        NoRate: the house sells nothing that covers this time.
    """
    bought = cheapest(period, rates)
    room = [*_list_lines(bought), *_standing_lines(bought.cents, terms)]
    extra: list[Line] = []
    if party and terms.party is not None:
        room.extend(_party_lines(bought.cents, terms, terms.party))
        extra.extend(_cleaning_lines(terms.party))
    return _added_up([*_taxed(room, rates.vat_bp), *_taxed(extra, rates.vat_bp)], terms)


def _list_lines(bought: Purchase) -> Iterator[Line]:
    """A line for each part, and one for the hours."""
    for part, times in Counter(bought.parts).items():
        yield Line(LineKind.PART, part.cents * times, part.cents, part.name, Decimal(times))
    if bought.hour is not None:
        hours = _hours(bought.hour.billed_minutes(bought.minutes))
        cents = bought.hour.price(bought.minutes)
        yield Line(LineKind.HOUR, cents, bought.hour.cents, quantity=hours)


def _hours(minutes: int) -> Decimal:
    """Minutes told in hours; thirds of an hour, which no decimal can tell, to four places."""
    hours = Decimal(minutes) / 60
    return round(hours, 4) if minutes % 3 else hours


def _standing_lines(list_cents: Cents, terms: Terms) -> Iterator[Line]:
    """The discount or the surcharge of who books, if any."""
    difference = share(list_cents, terms.percentage_bp) - list_cents
    if difference < 0:
        yield Line(LineKind.DISCOUNT, difference, difference, terms.reason)
    if difference > 0:
        yield Line(LineKind.STANDING_SURCHARGE, difference, difference, terms.reason)


def _party_lines(list_cents: Cents, terms: Terms, party: PartySurcharge) -> Iterator[Line]:
    """What a party adds to what one pays anyway."""
    pays = share(list_cents, terms.percentage_bp)
    if terms.percentage_bp > WHOLE:
        as_a_party = share(list_cents, party.multiplier_bp)
    else:
        as_a_party = share(pays, party.multiplier_bp)
    if as_a_party > pays:
        yield Line(LineKind.PARTY_SURCHARGE, as_a_party - pays, as_a_party - pays)


def _cleaning_lines(party: PartySurcharge) -> Iterator[Line]:
    if party.cleaning_cents:
        yield Line(LineKind.CLEANING, party.cleaning_cents, party.cleaning_cents)


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


def _added_up(lines: list[Line], terms: Terms) -> Quote:
    vat = sum(line.vat_cents for line in lines)
    return Quote(
        list_cents=sum(line.cents for line in lines if line.kind in LIST),
        discount_cents=-sum(line.cents for line in lines if line.kind is LineKind.DISCOUNT),
        surcharge_cents=sum(line.cents for line in lines if line.kind in SURCHARGES),
        vat_cents=vat,
        total_cents=sum(line.cents for line in lines) + vat,
        deposit_cents=terms.deposit_cents,
        reason=terms.reason,
        lines=tuple(lines),
    )
