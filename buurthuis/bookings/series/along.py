"""What would go with the days of a series from one on: the extras and the group's own minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.meaning import Meaning
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.day_shown import LACKING, DayShown
from buurthuis.bookings.series.models import Why
from buurthuis.bookings.series.queries import day_in_series
from buurthuis.extras.shelf import Lack
from buurthuis.extras.wishes import Wanted
from buurthuis.rules.money import Cents

AROUND: Final = "around"
"""How a mark says that the time around a day stays what it was."""

Quantities = Mapping[int, int]
"""How many of each extra, by its id."""


@dataclass(frozen=True, slots=True)
class Along:
    """What is to go with every day; what is None stays as it is."""

    extras: tuple[Wanted, ...] | None = None
    setup_minutes: int | None = None
    teardown_minutes: int | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What it says, by the names of a plan."""
        named = {
            "extras": self.extras,
            "setup_minutes": self.setup_minutes,
            "teardown_minutes": self.teardown_minutes,
        }
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class DayAlong:
    """What goes with one day by then, and what cannot: on such a day that stays what it was.

    `meaning` is what other extras mean for its price, None where they stay. `is_apart`: it has
    something by itself, or lacks something, so it is not as the series plans.
    """

    booking: Booking
    extras: tuple[Wanted, ...]
    minutes: tuple[int, int]
    meaning: Meaning | None = None
    lacks: Sequence[Lack] = ()
    is_tight: bool = False
    is_apart: bool = False

    @property
    def has_other_extras(self) -> bool:
        """Other extras go with it than before."""
        return dict(self.extras) != quantities(self.booking)

    @property
    def has_other_minutes(self) -> bool:
        """There is more or less time around it than before."""
        return self.minutes != own_minutes_of(self.booking)

    @property
    def changes(self) -> bool:
        """It becomes something else than it is."""
        return self.has_other_extras or self.has_other_minutes

    @property
    def total_cents(self) -> Cents:
        """What it costs then."""
        return self.booking.total_cents if self.meaning is None else self.meaning.total_cents

    @property
    def mark(self) -> str:
        """The day and what cannot go with it: who agrees to that, sends this back."""
        lacking = sorted(each.facts["extra"].id for each in self.lacks)
        parts = [*(str(extra_id) for extra_id in lacking), *([AROUND] if self.is_tight else [])]
        return "_".join([day_in_series(self.booking).isoformat(), *parts])

    @property
    def lacks_something(self) -> bool:
        """Not everything can go with it."""
        return bool(self.lacks) or self.is_tight

    @property
    def as_shown(self) -> DayShown:
        """The same as a day that is in the way."""
        booking = self.booking
        why = LACKING.get(type(self.lacks[0]), Why.OUT_OF_STOCK) if self.lacks else Why.TAKEN
        return DayShown(day_in_series(booking), booking.room, booking.period, why)


Day = TypeVar("Day", DayAlong, ChangeRequest)


@dataclass(frozen=True, slots=True)
class Repriced(Generic[Day]):
    """Days of a series that would cost something else."""

    days: Sequence[Day]

    @property
    def before_cents(self) -> Cents:
        """What all of them cost now."""
        return sum(each.booking.total_cents for each in self.days)

    @property
    def total_cents(self) -> Cents:
        """What they would cost."""
        return sum(each.total_cents for each in self.days)


@dataclass(frozen=True, slots=True)
class AlongSeen(Repriced[DayAlong]):
    """What becomes of each day to come; `apart` were changed by themselves, and stay as they are."""

    apart: Sequence[Booking]

    @property
    def changing(self) -> list[DayAlong]:
        """The days that become something else."""
        return [each for each in self.days if each.changes]

    @property
    def lacking(self) -> list[DayAlong]:
        """The days with which not everything can go."""
        return [each for each in self.days if each.lacks_something]

    @property
    def kept(self) -> list[Booking]:
        """The days that stay as they are, though the series plans something else."""
        own = [each.booking for each in self.days if each.is_apart and not each.changes]
        return sorted([*self.apart, *own], key=day_in_series)


def quantities(booking: Booking) -> dict[int, int]:
    """How many of each extra go with a booking now."""
    return {each.extra_id: each.quantity for each in booking.extras}


def own_minutes_of(booking: Booking) -> tuple[int, int]:
    """How long the group takes itself before and after a booking."""
    return booking.own_setup_minutes, booking.own_teardown_minutes
