"""Figures: the answer to any question, with what it is compared with, by house, month and quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.definitions import NEWEST
from buurthuis.rules.figures.facts import Beside
from buurthuis.rules.figures.figure import Figures
from buurthuis.rules.figures.keeping import EVERYTHING, Keeps
from buurthuis.rules.figures.sheet import Key, Row, Sheet, Table
from buurthuis.rules.figures.spans import Span, months_in, quarters_in, until_yesterday
from buurthuis.statistics.asking import Asked, before
from buurthuis.statistics.beside import notes_of
from buurthuis.statistics.frames import House
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.late import added
from buurthuis.statistics.sheets import sheets_of


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures for a question. `span` is the part of the days that is over, None when nothing is."""

    asked: Asked
    span: Span | None
    figures: Figures
    sheet: Sheet
    keeps: Keeps = EVERYTHING

    def rows(self, table: Table) -> list[tuple[Key, Row]]:
        """The rows of a table that belong to the question."""
        return self.keeps.rows(self.sheet, table)


def answer(asked: Asked, now: datetime, *, edition: str = NEWEST) -> Answer:
    """All figures for a question."""
    return answers([asked], now, edition=edition)[0]


def compared(asked: Asked, now: datetime, *, edition: str = NEWEST) -> tuple[Answer, Answer]:
    """The same, and beside it the span before. Of a year that goes on, as many days are compared."""
    this, earlier = answers([asked, earlier_than(asked, now)], now, edition=edition)
    return this, earlier


def earlier_than(asked: Asked, now: datetime) -> Asked:
    """With what a question is compared: where its days are not over yet, with as many days."""
    earlier = before(asked)
    over = until_yesterday(asked.span, day_of(now))
    if over is None or over == asked.span:
        return earlier
    after = min(earlier.span.after, earlier.span.first + timedelta(days=over.days))
    return replace(earlier, span=Span(earlier.span.first, after))


def by_house(asked: Asked, now: datetime, *, edition: str = NEWEST) -> dict[int, Answer]:
    """The same for each house by itself."""
    houses = sorted(asked.venue_ids)
    each = [replace(asked, venue_ids=frozenset({venue})) for venue in houses]
    return dict(zip(houses, answers(each, now, edition=edition), strict=True))


def by_month(asked: Asked, now: datetime, *, edition: str = NEWEST) -> list[tuple[Span, Answer]]:
    """The same for each month that the days touch."""
    return _by(asked, months_in(asked.span), now, edition)


def by_quarter(asked: Asked, now: datetime, *, edition: str = NEWEST) -> list[tuple[Span, Answer]]:
    """The same for each quarter that the days touch."""
    return _by(asked, quarters_in(asked.span), now, edition)


def _by(
    asked: Asked, spans: Sequence[Span], now: datetime, edition: str
) -> list[tuple[Span, Answer]]:
    each = [replace(asked, span=span) for span in spans]
    return list(zip(spans, answers(each, now, edition=edition), strict=True))


def answers(asked: Sequence[Asked], now: datetime, *, edition: str = NEWEST) -> list[Answer]:
    """The answers to many questions at once, in as few statements as one takes."""
    today = day_of(now)
    spans = [until_yesterday(each.span, today) for each in asked]
    wanted = sorted({span for span in spans if span is not None})
    venue_ids = frozenset().union(*(each.venue_ids for each in asked))
    houses = houses_of(venue_ids)
    sheets = dict(zip(wanted, sheets_of(venue_ids, wanted, now, houses), strict=True))
    notes = notes_of(venue_ids, [each.span for each in asked], sheets.values(), now)
    found = []
    for each, span in zip(asked, spans, strict=True):
        sheet = Sheet() if span is None else _sheet(each, sheets[span])
        beside = Beside() if span is None else notes.beside(each.venue_ids, span)
        keeps = keeps_of(each, houses.values())
        figures = compute(sheet, beside, span or each.span, keeps, edition)
        found.append(Answer(each, span, figures, sheet, keeps))
    return found


def _sheet(asked: Asked, sheets: dict[int, Sheet]) -> Sheet:
    mine = [sheet for venue, sheet in sheets.items() if venue in asked.venue_ids]
    return mine[0] if len(mine) == 1 else added(mine)


def keeps_of(asked: Asked, houses: Iterable[House]) -> Keeps:
    """What of a sheet belongs to a question."""
    room = asked.room_id
    spaces = [
        house.spaces_of[room] for house in houses if room is not None and room in house.spaces_of
    ]
    return Keeps(
        room=room,
        spaces=frozenset().union(*spaces),
        standing=asked.standing,
        theme=asked.theme,
    )
