"""What comes on top of a room and what goes off, as a house file describes it: plain values."""

from dataclasses import dataclass

from buurthuis.rules.charges import Measure
from buurthuis.rules.reductions import Reason, Span
from buurthuis.rules.standing import StandingCode

WHOLE_DAY = (0, 24 * 60)


@dataclass(frozen=True, slots=True)
class HouseSurcharge:
    """What the house asks more, for a time of the week or for every booking, in all rooms or one.

    `amount` is in basis points for a share and else in cents. No weekdays means every day.
    """

    name: str
    measure: Measure
    amount: int
    weekdays: tuple[int, ...] = ()
    starts: int = WHOLE_DAY[0]
    ends: int = WHOLE_DAY[1]
    room: str | None = None
    vat_bp: int | None = None


@dataclass(frozen=True, slots=True)
class HouseExtraRate:
    """What an extra costs: for a piece, a person, an hour or a booking."""

    extra: str
    measure: Measure
    cents: int
    vat_bp: int | None = None


@dataclass(frozen=True, slots=True)
class HouseReduction:
    """So much less for a group that begins, or for one that comes often."""

    reason: Reason
    off_bp: int
    kind: StandingCode | None = None
    months: int | None = None
    from_nth: int | None = None
    per: Span | None = None
