"""What figures are made of: bookings, shifts and the hours of a house, as plain values for some days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period


class Fate(StrEnum):
    """What became of a booking."""

    REALISED = "realised"
    """Confirmed, over, not cancelled, and not a no-show; nobody needs to have checked in."""
    NO_SHOW = "no_show"
    CANCELLED_LATE = "cancelled_late"
    REFUSED = "refused"
    OTHER = "other"
    """Cancelled in time, expired, still to be answered or still to come."""


@dataclass(frozen=True, slots=True)
class Head:
    """How many came: exact, or between two bounds of a band. `twice` is twice the number that counts."""

    least: int
    most: int
    twice: int


@dataclass(frozen=True, slots=True)
class Use:
    """One booking as figures need it. A standing or theme that is not known is the empty text."""

    id: int
    venue: int
    room: int
    spaces: frozenset[int]
    initiative: int
    period: Period
    before_minutes: int
    after_minutes: int
    fate: Fate
    is_asked: bool
    """Somebody wanted it: anything but a hold that ran out."""
    standing: str = ""
    theme: str = ""
    series: int | None = None
    head: Head | None = None
    capacity: int = 0
    list_cents: Cents = 0
    """What it costs to give the room, as it was frozen when the booking was confirmed."""
    given_cents: Cents = 0
    """The discount: what was charged less than that, never below zero."""
    income_cents: Cents = 0
    """What was charged for it, extras included, VAT not."""
    answered_in_minutes: int | None = None
    """From the request until the house said yes or no; None where it needed no answer or has none."""


@dataclass(frozen=True, slots=True)
class Work:
    """A shift of one person that is over."""

    venue: int
    person: int
    day: date
    minutes: int
    is_learner: bool
    is_supervised: bool = False
    """A learner whose mentor signed for it, or who was there with a holder."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A shift that had to be done: whether a holder was there, and how long before it was promised."""

    venue: int
    day: date
    is_covered: bool
    days_ahead: int | None = None
    """Whole days between the promise and the shift."""
    filled_in_hours: int | None = None
    """Whole hours between the shift's coming to be and the promise."""


@dataclass(frozen=True, slots=True)
class SpaceFrame:
    """One physical space on some days: when it can be booked, and what it measures."""

    id: int
    venue: int
    windows: tuple[Period, ...]
    area: Fraction | None
    """Square metres, None where the house did not say."""


@dataclass(frozen=True, slots=True)
class Part:
    """A day part of a house on one day."""

    day: date
    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class Frame:
    """A house on some days: its spaces, its own hours, and its day parts. Everything but who came."""

    venue: int
    spaces: tuple[SpaceFrame, ...]
    windows: tuple[Period, ...]
    """The hours of the building, without what closes all of it."""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one house on some days. A booking is there when it touches one of the days."""

    frame: Frame
    uses: tuple[Use, ...] = ()
    work: tuple[Work, ...] = ()
    watches: tuple[Watch, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a board wrote down for the days asked, and what is known of groups: beside the bookings.

    Everything is already of the span and the houses asked; None is "nobody filled it in".
    """

    logged_minutes: Mapping[str, int] = field(default_factory=dict)
    """Volunteer work that was written down, by kind (board, hosting, learner, …)."""
    logged_by_month: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """The same minutes by year and month, for rates that hold from a day; what is missing here counts at
    the rate of the last month."""
    rates: Mapping[str, list[tuple[date, Cents]]] = field(default_factory=dict)
    """`low`, `mid` and `high`: what an hour is worth, from which day."""
    housing_costs_cents: Cents | None = None
    contribution_cents: Cents | None = None
    other_funds_cents: Cents | None = None
    covered: Mapping[str, Fraction] = field(default_factory=dict)
    """For which share of the houses and years asked the three above were written down, by their names
    without `_cents`; what is not named is whole."""
    first_days: Mapping[int, date] = field(default_factory=dict)
    """The day of the first realised booking ever of each group of the span, in these houses."""
    known_since: date | None = None
    """From which day on something is known of each of these houses."""
    outcomes: tuple["Outcome", ...] = ()
    offered_minutes: Mapping[int, int] = field(default_factory=dict)
    """How much each key-holder offered to do in the span."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One result for society with a sourced price, as a range from careful to generous."""

    code: str
    """The figure that says how often it happened."""
    price_cents: tuple[Cents, Cents]
    deadweight: tuple[Fraction, Fraction]
    """Which share would have happened anyway; the careful bound first, so the larger one."""
    attribution: tuple[Fraction, Fraction]
