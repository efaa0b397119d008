"""What comes on top of a room: surcharges for a time or for a service, and extras.

A surcharge is for a window of the week (the weekend, the late evening) or for every booking. It
is a share of what one pays for the room in that window, an amount for each begun hour in it, or
an amount for the booking once it touches the window. Windows are clock times: an evening until
02:00 belongs to the day on which it began.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from buurthuis.rules.calendar import MINUTES_A_DAY, clock_minutes, day_of, minute_of
from buurthuis.rules.money import WHOLE, BasisPoints, Cents, half_up
from buurthuis.rules.periods import Period

EVERY_DAY = frozenset(range(7))


class Measure(StrEnum):
    """What the amount of a surcharge or an extra counts."""

    SHARE = "share"
    HOUR = "hour"
    BOOKING = "booking"
    PIECE = "piece"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Window:
    """A time of the week: days (Monday is 0) and clock minutes; `ends` may lie after midnight."""

    weekdays: frozenset[int] = EVERY_DAY
    starts: int = 0
    ends: int = MINUTES_A_DAY


ALWAYS = Window()


@dataclass(frozen=True, slots=True)
class Surcharge:
    """What a house asks more, and when.

    `amount` is in basis points for a share and else in cents. A share and an amount by the hour
    are part of the price of the room; an amount for a booking is a service, with VAT of its own.
    """

    name: str
    measure: Measure
    amount: int
    window: Window = ALWAYS
    vat_bp: BasisPoints | None = None


@dataclass(frozen=True, slots=True)
class ExtraRate:
    """What one extra costs: for a piece, a person, an hour of the booking, or the booking."""

    name: str
    measure: Measure
    cents: Cents
    vat_bp: BasisPoints | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge: so many times an amount."""

    name: str
    cents: Cents
    unit_cents: Cents
    quantity: Decimal = Decimal(1)
    vat_bp: BasisPoints | None = None


def minutes_in(period: Period, window: Window) -> int:
    """How many clock minutes of a period lie in a window of the week."""
    first = day_of(period.start)
    begins = minute_of(period.start)
    ends = begins + clock_minutes(period)
    found = 0
    for day in range(-1, ends // MINUTES_A_DAY + 1):
        if (first + timedelta(days=day)).weekday() in window.weekdays:
            midnight = day * MINUTES_A_DAY
            covered = range(
                max(begins, midnight + window.starts), min(ends, midnight + window.ends)
            )
            found += len(covered)
    return found


def surcharge_on(surcharge: Surcharge, period: Period, pays: Cents) -> Charge | None:
    """What a surcharge comes to for who pays so much for the room; None when it does not count."""
    minutes = minutes_in(period, surcharge.window)
    if minutes == 0:
        return None
    if surcharge.measure is Measure.SHARE:
        part = Fraction(minutes, clock_minutes(period))
        cents = half_up(Fraction(pays * surcharge.amount, WHOLE) * part)
        charge = Charge(surcharge.name, cents, cents)
    elif surcharge.measure is Measure.HOUR:
        hours = -(-minutes // 60)
        cents = surcharge.amount * hours
        charge = Charge(surcharge.name, cents, surcharge.amount, Decimal(hours))
    else:
        charge = Charge(surcharge.name, surcharge.amount, surcharge.amount, vat_bp=surcharge.vat_bp)
    return charge if charge.cents else None


def extra_charges(
    wanted: Mapping[ExtraRate, int], period: Period, people: int | None
) -> Iterator[Charge]:
    """What the extras come to that somebody takes, so many of each; what is free has no line.

    One takes an extra by the hour for the whole booking, each begun hour; one for each person
    counts everybody, or one when nobody said how many come.
    """
    hours = -(-clock_minutes(period) // 60)
    for rate, quantity in wanted.items():
        times = {
            Measure.HOUR: quantity * hours,
            Measure.PERSON: quantity * (people or 1),
            Measure.BOOKING: 1,
        }.get(rate.measure, quantity)
        if rate.cents and times:
            yield Charge(rate.name, rate.cents * times, rate.cents, Decimal(times), rate.vat_bp)
