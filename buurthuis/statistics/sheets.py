"""Sheets of houses for any days: what is kept where it is still true, folded from rows where not."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from buurthuis.rules.figures.sheet import Sheet, together
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics.frames import House, houses_of
from buurthuis.statistics.gathering import folded
from buurthuis.statistics.models import FigureSheet


def sheet_of(venue_ids: Collection[int], span: Span, now: datetime) -> Sheet:
    """Everything that some houses count on some days, added up."""
    return together(sheets_of(venue_ids, [span], now)[0].values())


def sheets_of(
    venue_ids: Collection[int],
    spans: Sequence[Span],
    now: datetime,
    houses: Mapping[int, House] | None = None,
) -> list[dict[int, Sheet]]:
    """For each span the sheets by house, in a constant number of statements."""
    known = houses_of(venue_ids) if houses is None else houses
    days = {day for span in spans for day in span}
    found = folded(dict.fromkeys(known, days), now, known)
    return [{key: together(found[key][day] for day in span) for key in known} for span in spans]
