"""How far a house is with what its board writes down for a year, in steps that take a minute or two."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from buurthuis.evidence.year.models import MoneyKind, Target, WordsKind
from buurthuis.evidence.year.queries import money_by_house, stories_of, targets_written, words_of
from buurthuis.rules.figures.spans import year_span

TARGETS, STORIES = "targets", "stories"
STEPS: Final = (
    MoneyKind.HOUSING_COSTS,
    MoneyKind.CONTRIBUTION,
    MoneyKind.OTHER_FUNDS,
    WordsKind.STOPS_WITHOUT,
    TARGETS,
    STORIES,
)
"""What a year asks of a house. Thanks are kind, and not asked."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Which steps a house has done."""

    done: frozenset[str]

    @property
    def count(self) -> int:
        """How many steps are done."""
        return len(self.done)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not done yet, in the order of the page."""
        return tuple(each for each in STEPS if each not in self.done)


def progress_of(venue_ids: Collection[int], year: int) -> dict[int, Progress]:
    """How far each house is with a year; four questions, however many houses."""
    money = money_by_house(venue_ids, [year])
    words = words_of(venue_ids, year)
    aimed = {each.venue_id for each in targets_written(Target.venue_id.in_(venue_ids), year)}
    told = {each.venue_id for each in stories_of(venue_ids, year_span(year))}
    found = {}
    for venue in venue_ids:
        done: set[str] = {*money.get((venue, year), ()), *words.get(venue, ())} & set(STEPS)
        done |= {TARGETS} if venue in aimed else set()
        done |= {STORIES} if venue in told else set()
        found[venue] = Progress(frozenset(done))
    return found
