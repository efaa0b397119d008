"""Sheets of houses for any days: what is kept where it is still true, folded from rows where not.

A span is cut into whole months and the days at its edges. So an answer is always what folding every
booking would give, whatever is kept; nothing is written here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from buurthuis.rules.figures.sheet import Sheet
from buurthuis.rules.figures.spans import Span, months_in
from buurthuis.statistics.frames import A_DAY, House
from buurthuis.statistics.gathering import folded
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.kept import kept_sheets, month_span, newest_kept, touched_in
from buurthuis.statistics.late import added
from buurthuis.statistics.models import Grain

Pieces = dict[tuple[int, Span], Sheet]
"""Sheets of months and days, by house and span."""


def sheet_of(venue_ids: Collection[int], span: Span, now: datetime) -> Sheet:
    """Everything that some houses count on some days, added up."""
    return added(sheets_of(venue_ids, [span], now)[0].values())


def sheets_of(
    venue_ids: Collection[int],
    spans: Sequence[Span],
    now: datetime,
    houses: Mapping[int, House] | None = None,
) -> list[dict[int, Sheet]]:
    """For each span the sheets by house, in a constant number of statements."""
    known = houses_of(venue_ids) if houses is None else houses
    pieces = _pieces(known, spans, now)
    return [{venue: added(_of_house(pieces, venue, span)) for venue in known} for span in spans]


def _pieces(houses: Mapping[int, House], spans: Sequence[Span], now: datetime) -> Pieces:
    """The months and days of which the spans are made."""
    touched = touched_in(houses)
    newest = newest_kept(now)
    months = {part for span in spans for part in months_in(span) if part == month_span(part.first)}
    is_over = [month for month in months if month.last <= newest]
    pieces = kept_sheets(houses, Grain.MONTH, is_over, touched)
    missing = _missing(houses, spans, pieces)
    single = {_alone(day) for days in missing.values() for day in days if day <= newest}
    pieces |= kept_sheets(houses, Grain.DAY, single, touched)
    left = _missing(houses, spans, pieces)
    for venue, by_day in folded(left, now, houses).items():
        pieces |= {(venue, _alone(day)): sheet for day, sheet in by_day.items()}
    return pieces


def _missing(houses: Iterable[int], spans: Sequence[Span], pieces: Pieces) -> dict[int, set[date]]:
    """The days of each house that lie in no piece."""
    found: dict[int, set[date]] = defaultdict(set)
    for venue in houses:
        for part in {part for span in spans for part in months_in(span)}:
            if (venue, part) not in pieces:
                found[venue] |= {day for day in part if (venue, _alone(day)) not in pieces}
    return found


def _of_house(pieces: Pieces, venue: int, span: Span) -> Iterator[Sheet]:
    for part in months_in(span):
        if (venue, part) in pieces:
            yield pieces[venue, part]
        else:
            yield from (pieces[venue, _alone(day)] for day in part)


def _alone(day: date) -> Span:
    return Span(day, day + A_DAY)
