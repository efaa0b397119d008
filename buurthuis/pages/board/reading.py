"""The answers a page of a board draws, read together: these days, those before, and pieces of both."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from itertools import chain, islice
from operator import add

from buurthuis.evidence.year.queries import targets_of
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.steps import Step
from buurthuis.rules.figures.columns import Time
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.rules.figures.sheet import Table
from buurthuis.rules.figures.spans import Span, before, months_back
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.figures import Answer, answers, earlier_than
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Reading:
    """What was asked, what came before, and the pieces in which pictures show both."""

    this: Answer
    earlier: Answer
    pieces: list[Answer]
    earlier_pieces: list[Answer]
    by_house: dict[int, Answer]
    targets: dict[str, Fraction]
    """What the board aims at in this year, by code; of a part of the houses nothing."""

    @property
    def figures(self) -> Figures:
        """Those of these days."""
        return self.this.figures

    def pair(self, code: str) -> tuple[Figure | None, Figure | None]:
        """A figure now and before."""
        return self.this.figures.find(code), self.earlier.figures.find(code)


def read(
    choice: Choice,
    now: datetime,
    *,
    steps: Sequence[Step] = (),
    houses: Sequence[Venue] = (),
) -> Reading:
    """Everything at once, in the statements of one question.

    The steps are compared with those of the days before; houses are of these days alone.
    """
    asked = choice.asked
    lots: list[list[Asked]] = [
        [asked, earlier_than(asked, now)],
        [replace(asked, span=each.span) for each in steps],
        [replace(asked, span=before_in_step(each.span, asked.span)) for each in steps],
        [replace(asked, venue_ids=frozenset({each.id})) for each in houses],
    ]
    found = iter(answers(list(chain.from_iterable(lots)), now))
    (this, earlier), pieces, before_them, own = (list(islice(found, len(lot))) for lot in lots)
    by_house = {venue.id: each for venue, each in zip(houses, own, strict=True)}
    return Reading(this, earlier, pieces, before_them, by_house, targets_for(choice))


def targets_for(choice: Choice) -> dict[str, Fraction]:
    """What was set for the year and the houses, where both are whole."""
    if not choice.days.is_year or choice.asked.is_part:
        return {}
    return targets_of(choice.asked.venue_ids, choice.days.span.first.year)


def before_in_step(piece: Span, whole: Span) -> Span:
    """The same piece of the days before: as many days from their beginning."""
    earlier = before(whole)
    months = (piece.first.year - whole.first.year) * 12 + piece.first.month - whole.first.month
    if whole.is_of_whole_months and piece.is_of_whole_months:
        return Span(
            months_back(earlier.first, -months),
            months_back(earlier.first, -months - _months(piece)),
        )
    first = earlier.first + (piece.first - whole.first)
    return Span(first, first + (piece.after - piece.first))


def used_by_standing(answer: Answer) -> Counter[str]:
    """The minutes that rooms were used, by standing."""
    found: Counter[str] = Counter()
    for key, row in answer.rows(Table.TIME):
        found[str(key[2])] += row[Time.USED]
    return +found


def rows_by_standing(
    steps: Sequence[Step], pieces: Sequence[Answer], coarse: Sequence[Step]
) -> Mapping[str, list[int]]:
    """The minutes of each standing in each of the coarse steps, added up from the finer ones in it."""
    sums: list[Counter[str]] = [Counter() for _each in coarse]
    for step, piece in zip(steps, pieces, strict=True):
        place = next(at for at, each in enumerate(coarse) if step.span.first in each.span)
        sums[place].update(used_by_standing(piece))
    return {code: [one[code] for one in sums] for code in sorted(set().union(*sums))}


def _months(span: Span) -> int:
    return (span.after.year - span.first.year) * 12 + span.after.month - span.first.month


def summed(answer: Answer, table: Table, place: int = 1) -> dict[int, list[int]]:
    """The rows of a table added up by a number at one place of their keys: a space or a room."""
    return {int(key): row for key, row in _added(answer, table, place).items()}


def by_theme(answer: Answer, table: Table) -> dict[str, list[int]]:
    """The rows of a table of time or counts added up by theme."""
    return {str(key): row for key, row in _added(answer, table, 3).items()}


def _added(answer: Answer, table: Table, place: int) -> dict[int | str, list[int]]:
    found: dict[int | str, list[int]] = {}
    for key, row in answer.rows(table):
        before = found.get(key[place])
        found[key[place]] = [*map(add, before, row)] if before else list(row)
    return found
