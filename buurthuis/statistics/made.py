"""What was folded for some days of a house, and the log of what that made different."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import delete, insert

from buurthuis.foundation.db import db
from buurthuis.rules.figures.sheet_file import FORM
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics.kept import month_span
from buurthuis.statistics.models import FigureChange, Grain

HOUSE: Final = "house"
"""What changed where it was no row of a booking: the hours and spaces of the house."""
PROGRAM: Final = "program"
"""Or the way of folding, with a newer program."""


@dataclass(frozen=True, slots=True)
class Bite:
    """Some days of one house that are to be folded."""

    venue_id: int
    days: tuple[date, ...]

    @property
    def months(self) -> list[Span]:
        """The months that these days lie in."""
        return sorted({month_span(day) for day in self.days})


@dataclass(frozen=True, slots=True)
class Known:
    """A sheet as it stood when a bite was read: its frame, its digest and what it says."""

    frame: str
    digest: str
    body: str


class Change(NamedTuple):
    """A row that changed, and the days it has to do with."""

    id: int
    first_day: int
    last_day: int
    what: str
    row_id: int

    @property
    def days(self) -> range:
        """Their numbers."""
        return range(self.first_day, self.last_day + 1)


Place = tuple[Grain, int]
"""Which sheet of a house: its grain and the number of its first day."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was folded for a bite, and what it rests on."""

    bite: Bite
    before: Mapping[Place, Known]
    after: Mapping[Place, Known]
    changes: Sequence[Change]


def log(made: Made, now: datetime) -> None:
    """Of what changed keep only what made a difference, by the day."""
    waiting = [each.id for each in made.changes]
    db.session.execute(delete(FigureChange).where(FigureChange.id.in_(waiting)))
    lines = {
        (first, what, row_id): (before, after)
        for first, before, after, reasons in _differences(made)
        for what, row_id in reasons
    }
    if lines:
        db.session.execute(
            insert(FigureChange),
            [
                {
                    "venue_id": made.bite.venue_id,
                    "first_day": first,
                    "last_day": first,
                    "what": what,
                    "row_id": row_id,
                    "applied_at": now,
                    "before": before,
                    "after": after,
                }
                for (first, what, row_id), (before, after) in lines.items()
            ],
        )


def _differences(made: Made) -> Iterator[tuple[int, str, str, list[tuple[str, int]]]]:
    """The days that were kept and are another now: what they were, what they are, and why."""
    for place, known in made.after.items():
        grain, first = place
        was = made.before.get(place)
        if grain is Grain.DAY and was is not None and was.body and was.digest != known.digest:
            why = [(each.what, each.row_id) for each in made.changes if first in each.days]
            if was.frame != known.frame:
                why.append((_other_frame(was.frame), made.bite.venue_id))
            yield first, was.digest, known.digest, why


def _other_frame(frame: str) -> str:
    return HOUSE if frame.startswith(f"{FORM}:") else PROGRAM
