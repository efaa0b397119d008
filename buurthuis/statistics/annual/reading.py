"""Reads everything that annual sheets tell: of each house, and of all of them together."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from buurthuis.evidence.year.models import WordsKind
from buurthuis.evidence.year.queries import Told, money_of, stories_of, words_of
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.figure import Figures
from buurthuis.rules.figures.spans import Span, quarters_in, until_yesterday
from buurthuis.statistics.annual.chart import used_in
from buurthuis.statistics.annual.few import TOGETHER, guarded
from buurthuis.statistics.annual.subject import Days, House, Subject, Used
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.figures import Answer, answers, earlier_than
from buurthuis.statistics.houses import in_totals
from buurthuis.statistics.sheets import sheets_of
from buurthuis.venues.queries import all_venues

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


@dataclass(frozen=True, slots=True)
class _Told:
    """What boards wrote down about these days, by house."""

    stories: Sequence[Told]
    stops: Mapping[int, str]


def read(houses: Sequence[House], span: Span, now: datetime, *, is_whole: bool) -> Reading:
    """Everything for the sheets of these houses, and of them together where that is asked.

    What is too little to tell is hidden in all of them at once.

    Raises:
        NothingCounted: the days are still to come.
    """
    days = _days(span, now)
    ids = frozenset(house.id for house in houses)
    places: dict[str, frozenset[int]] = {house.slug: frozenset({house.id}) for house in houses}
    if is_whole:
        places = {TOGETHER: ids, **places}
    this, earlier = _answers(places, span, now)
    figures = guarded({place: each.figures for place, each in this.items()})
    before = guarded({place: each.figures for place, each in earlier.items() if each.span})
    told = _Told(stories_of(ids, days.counted), _stops(ids, days))
    quarters = _quarters(ids, days.counted, now)

    def subject(place: str, about: tuple[House, ...]) -> Subject:
        venue_ids = places[place]
        return Subject(
            houses=about,
            days=days,
            figures=figures[place],
            before=before.get(place),
            sheet=this[place].sheet,
            quarters=[(each, _of(used, venue_ids)) for each, used in quarters],
            money=money_of(venue_ids, days.counted),
            stories=tuple(each for each in told.stories if each.venue_id in venue_ids),
            stops=tuple((h.name, told.stops[h.id]) for h in about if h.id in told.stops),
        )

    each = tuple(subject(house.slug, (house,)) for house in houses)
    if not is_whole:
        return Reading(days, None, each)
    rows = tuple((house, figures[house.slug]) for house in houses)
    whole = subject(TOGETHER, tuple(houses))
    return Reading(days, replace(whole, each=rows, are_all=_are_all(ids)), each)


def _days(span: Span, now: datetime) -> Days:
    counted = until_yesterday(span, day_of(now))
    if counted is None:
        raise NothingCounted(span)
    return Days(span, counted, earlier_than(Asked(frozenset(), span), now).span)


def _are_all(venue_ids: Collection[int]) -> bool:
    return {each.id for each in in_totals(all_venues())} <= set(venue_ids)


def _answers(
    places: Mapping[str, frozenset[int]], span: Span, now: datetime
) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """The figures of each place, and those of the time before; all in one go."""
    asked = [Asked(venue_ids, span) for venue_ids in places.values()]
    found = answers([*asked, *(earlier_than(each, now) for each in asked)], now)
    names, number = list(places), len(places)
    return dict(zip(names, found[:number], strict=True)), dict(
        zip(names, found[number:], strict=True)
    )


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
