"""Reads everything that annual sheets tell: of each house, and of all of them together."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self, TypeAlias

from buurthuis.evidence.year.models import WordsKind
from buurthuis.evidence.year.queries import (
    Told,
    Yearly,
    money_by_house,
    money_of,
    stories_of,
    words_of,
)
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.figure import Figures
from buurthuis.rules.figures.spans import Span, quarters_in, until_yesterday
from buurthuis.rules.yearly import years_in
from buurthuis.statistics.annual.chart import used_in
from buurthuis.statistics.annual.few import TOGETHER, guarded
from buurthuis.statistics.annual.subject import Days, House, Subject, Used
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.figures import Answer, answers, earlier_than
from buurthuis.statistics.sheets import sheets_of
from buurthuis.venues.queries import all_venues, are_all, in_totals

Ids: TypeAlias = frozenset[int]
Places: TypeAlias = dict[str, Ids]
Answers: TypeAlias = dict[Ids, Answer]
Quarters: TypeAlias = list[tuple[Span, dict[int, Used]]]


class NothingCounted(ValueError):
    """None of the days is over: there is nothing to tell yet."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All sheets of some days: of the houses together, where that was asked, and of each."""

    days: Days
    whole: Subject | None
    each: tuple[Subject, ...]

    @property
    def places(self) -> dict[str, Figures]:
        """The figures by the slug of the house; of all together by the empty text."""
        found = {subject.houses[0].slug: subject.figures for subject in self.each}
        return found if self.whole is None else {TOGETHER: self.whole.figures, **found}


def read(houses: Sequence[House], span: Span, now: datetime, *, is_whole: bool) -> Reading:
    """Everything for the sheets of these houses, and of them together where that is asked.

    What is too little to tell is hidden in all of them at once, and as if the sheets of all other
    houses lay beside them.

    Raises:
        NothingCounted: the days are still to come.
    """
    found = _Found.of(houses, span, now, is_whole=is_whole)
    each = tuple(found.subject(house.slug, (house,)) for house in houses)
    if not is_whole:
        return Reading(found.days, None, each)
    whole = replace(
        found.subject(TOGETHER, tuple(houses)),
        each=tuple((house, found.figures[house.slug]) for house in houses),
        are_all=are_all(found.places[TOGETHER]),
    )
    return Reading(found.days, whole, each)


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that was read, for all sheets."""

    days: Days
    places: Places
    figures: Mapping[str, Figures]
    before: Mapping[str, Figures]
    answers: Answers
    quarters: Quarters
    yearly: Yearly
    stories: Sequence[Told]
    stops: Mapping[int, str]

    @classmethod
    def of(cls, houses: Sequence[House], span: Span, now: datetime, *, is_whole: bool) -> Self:
        """Read it."""
        days = _days(span, now)
        ids = frozenset(house.id for house in houses)
        places = _places([(house.id, house.slug) for house in houses], is_whole=is_whole)
        wider = _wider(places)
        this, earlier = _answers([*places.values(), *wider.values()], span, now)
        return cls(
            days,
            places,
            guarded(_figures(places, this), _figures(wider, this)),
            guarded(_figures(places, earlier), _figures(wider, earlier)),
            this,
            _quarters(ids, days.counted, now),
            money_by_house(ids, years_in(days.counted)),
            stories_of(ids, days.counted),
            _stops(ids, days),
        )

    def subject(self, place: str, houses: tuple[House, ...]) -> Subject:
        """What one sheet tells."""
        ids, counted = self.places[place], self.days.counted
        return Subject(
            houses=houses,
            days=self.days,
            figures=self.figures[place],
            before=self.before.get(place),
            sheet=self.answers[ids].sheet,
            quarters=[(each, _of(used, ids)) for each, used in self.quarters],
            money=money_of(ids, counted, self.yearly),
            stories=tuple(each for each in self.stories if each.venue_id in ids),
            stops=tuple(
                (each.name, self.stops[each.id]) for each in houses if each.id in self.stops
            ),
        )


def _days(span: Span, now: datetime) -> Days:
    counted = until_yesterday(span, day_of(now))
    if counted is None:
        raise NothingCounted(span)
    return Days(span, counted, earlier_than(Asked(frozenset(), span), now).span)


def _places(houses: Sequence[tuple[int, str]], *, is_whole: bool) -> Places:
    """Which houses each figure is about, by slug; all of them together by the empty text."""
    found = {slug: frozenset({venue}) for venue, slug in houses}
    together = frozenset(venue for venue, _slug in houses)
    return {TOGETHER: together, **found} if is_whole else found


def _wider(places: Places) -> Places:
    """All houses and their total, where these are some of them; nothing where they lie beside no other."""
    every = [(each.id, each.slug) for each in in_totals(all_venues())]
    found = _places(every, is_whole=True)
    is_part = all(place in found for place in places if place != TOGETHER)
    return found if is_part and len(every) > 1 and places != found else {}


def _answers(asked: Iterable[Ids], span: Span, now: datetime) -> tuple[Answers, Answers]:
    """The answers for houses, and those of the time before; all in one go."""
    these = list(dict.fromkeys(asked))
    questions = [Asked(venue_ids, span) for venue_ids in these]
    found = answers([*questions, *(earlier_than(each, now) for each in questions)], now)
    number = len(these)
    return dict(zip(these, found[:number], strict=True)), dict(
        zip(these, found[number:], strict=True)
    )


def _figures(places: Places, found: Answers) -> dict[str, Figures]:
    """What was answered; nothing for days that are all to come."""
    return {place: found[ids].figures for place, ids in places.items() if found[ids].span}


def _quarters(venue_ids: Collection[int], span: Span, now: datetime) -> Quarters:
    """Who used the rooms in each quarter, by house."""
    quarters = quarters_in(span)
    return [
        (quarter, {venue: used_in(sheet) for venue, sheet in sheets.items()})
        for quarter, sheets in zip(quarters, sheets_of(venue_ids, quarters, now), strict=True)
    ]


def _of(used: Mapping[int, Used], venue_ids: Collection[int]) -> Used:
    return sum((each for venue, each in used.items() if venue in venue_ids), Counter())


def _stops(venue_ids: Collection[int], days: Days) -> dict[int, str]:
    """What stops without the contribution, as the boards wrote for the year in which the days end."""
    written = words_of(venue_ids, days.asked.last.year)
    return {
        venue: words[WordsKind.STOPS_WITHOUT]
        for venue, words in written.items()
        if WordsKind.STOPS_WITHOUT in words
    }
