"""The rows of a house's week: the parts of its day, and the opening hours around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from flask_babel import gettext as _

from buurthuis.bookings.forms import open_clock
from buurthuis.bookings.times import part_name, part_pictogram
from buurthuis.foundation.formatting import clock
from buurthuis.rules.calendar import moment_forgiving
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Venue

NOON, SIX = 12 * 60, 18 * 60


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the day, drawn as one row; `is_between` lies outside every part of the day."""

    key: str
    name: str
    pictogram: str
    first: int
    last: int
    is_between: bool = False

    @property
    def starts(self) -> str:
        """When it starts on the clock."""
        return clock(self.first)

    @property
    def ends(self) -> str:
        """When it ends on the clock."""
        return clock(self.last)

    def on(self, day: date) -> Period:
        """The time that it means on a day."""
        return Period(moment_forgiving(day, self.first), moment_forgiving(day, self.last))


def bands_of(venue: Venue) -> list[Band]:
    """The parts of a house's day, and its opening hours around them."""
    opens, closes = open_clock(venue)
    parts = [(part.starts_minute, part.ends_minute, part_name(part)) for part in venue.day_parts]
    if not parts:
        edges = [opens, *(edge for edge in (NOON, SIX) if opens < edge < closes), closes]
        parts = [(first, last, _common_name(first)) for first, last in pairwise(edges)]
    rows = [
        Band(f"{first}-{last}", name, part_pictogram(first), first, last)
        for first, last, name in parts
    ]
    rows += [
        Band(f"{first}-{last}", _("Between"), "clock", first, last, is_between=True)
        for first, last in _between(opens, closes, parts)
    ]
    return sorted(rows, key=lambda band: band.first)


def _between(
    opens: int, closes: int, parts: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int]]:
    """Opening hours outside every part of the day."""
    at = opens
    for first, last, _name in sorted(parts):
        if first > at:
            yield at, first
        at = max(at, last)
    if at < closes:
        yield at, closes


def _common_name(first: int) -> str:
    if first < NOON:
        return _("Morning")
    return _("Afternoon") if first < SIX else _("Evening")
