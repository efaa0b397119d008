"""A quote and its lines, and on which terms somebody books; how it is made is told in `tariffs`."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from buurthuis.rules.charges import Surcharge
from buurthuis.rules.combination import RoomRates
from buurthuis.rules.money import WHOLE, BasisPoints, Cents
from buurthuis.rules.standing import StandingCode


class LineKind(StrEnum):
    """What a line of a quote is about."""

    PART = "part"
    BLOCK = "block"
    HOUR = "hour"
    LEAST = "least"
    DISCOUNT = "discount"
    STANDING_SURCHARGE = "standing_surcharge"
    PARTY_SURCHARGE = "party_surcharge"
    CLEANING = "cleaning"
    SURCHARGE = "surcharge"
    EXTRA = "extra"


LIST: Final = frozenset({LineKind.PART, LineKind.BLOCK, LineKind.HOUR, LineKind.LEAST})
SURCHARGES: Final = frozenset(LineKind) - LIST - {LineKind.DISCOUNT}


@dataclass(frozen=True, slots=True)
class PartySurcharge:
    """What a house asks extra for a party: 20 000 basis points doubles the price."""

    multiplier_bp: BasisPoints
    cleaning_cents: Cents = 0


@dataclass(frozen=True, slots=True)
class Reduction:
    """So much less of what one pays, and the code of the reason."""

    reason: str
    off_bp: BasisPoints


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms somebody books here.

    `kind` is None for who is not recognised. `percentage_bp` is the share of the list one pays:
    0 is free, 10 000 the list, 20 000 double. Who has prices of their own (`own_rates`) pays
    those, and that share of the list where they cover nothing. `reason` is the code that stands
    beside a discount or a surcharge.
    """

    kind: StandingCode | None = None
    percentage_bp: BasisPoints = WHOLE
    reason: str = ""
    party: PartySurcharge | None = None
    deposit_cents: Cents = 0
    own_rates: RoomRates | None = None
    reductions: tuple[Reduction, ...] = ()
    surcharges: tuple[Surcharge, ...] = ()


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

    @classmethod
    def of(cls, lines: Iterable[Line], *, deposit_cents: Cents = 0, reason: str = "") -> "Quote":
        """The quote that these lines add up to."""
        every = tuple(lines)
        vat = sum(line.vat_cents for line in every)
        return cls(
            list_cents=sum(line.cents for line in every if line.kind in LIST),
            discount_cents=-sum(line.cents for line in every if line.kind is LineKind.DISCOUNT),
            surcharge_cents=sum(line.cents for line in every if line.kind in SURCHARGES),
            vat_cents=vat,
            total_cents=sum(line.cents for line in every) + vat,
            deposit_cents=deposit_cents,
            reason=reason,
            lines=every,
        )

    @property
    def normal_cents(self) -> Cents:
        """What everybody pays, VAT included: the list price as a visitor compares it with the total."""
        return sum(line.cents + line.vat_cents for line in self.lines if line.kind in LIST)
