"""What is published of a year: rows of figures, and their text as it is kept and never changes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from buurthuis.rules.disclosure import Mark, Place
from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.rules.figures.spans import Span, quarters_in, year_span

REASONS: Final = {
    Mark.FEW: Reason.TOO_FEW,
    Mark.BESIDE: Reason.BESIDE,
    Mark.ALONG: Reason.BESIDE,
}


class Of(StrEnum):
    """What a row is about; the words are public."""

    ALL = "all"
    HOUSE = "house"
    QUARTER = "house_quarter"
    STANDING = "standing"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of all houses, one of them, one of its quarters, a standing or a theme."""

    of: Of
    figures: Figures
    house: str = ""
    quarter: int = 0
    """One to four; nought is the whole year."""
    standing: str = ""
    theme: str = ""

    @property
    def place(self) -> Place:
        """Where it stands among the others, as one word."""
        parts = (self.house, str(self.quarter or ""), self.standing, self.theme)
        return "/".join([self.of, *(part for part in parts if part)])

    def span(self, year: int) -> Span:
        """The days that it is about."""
        whole = year_span(year)
        return quarters_in(whole)[self.quarter - 1] if self.quarter else whole

    def hiding(self, marks: Mapping[str, Mark]) -> "Row":
        """The same without the figures that are hidden, each by its code."""
        shown = (_without(each, marks.get(each.code)) for each in self.figures)
        return replace(self, figures=Figures(tuple(shown)))


@dataclass(frozen=True, slots=True)
class Publication:
    """All that was published of a year, at once."""

    year: int
    number: int
    """One for the first time; higher where it was published anew."""
    made_on: date
    edition: str
    houses: Mapping[str, str]
    """The names of the houses that take part, by slug, in order."""
    rows: tuple[Row, ...]

    def of(self, kind: Of) -> Iterator[Row]:
        """The rows of one kind, in order."""
        return (row for row in self.rows if row.of is kind)

    @property
    def all(self) -> Row:
        """The row of all houses together."""
        return next(self.of(Of.ALL))


def _without(figure: Figure, mark: Mark | None) -> Figure:
    """A figure of which only is told why it is hidden."""
    if mark is None or figure.value is None:
        return figure
    return Figure(
        figure.code, None, figure.unit, definition=figure.definition, reason=REASONS[mark]
    )


def text_of(publication: Publication) -> str:
    """As it is kept: the same publication is the same text."""
    told = {
        "year": publication.year,
        "number": publication.number,
        "made_on": publication.made_on.isoformat(),
        "edition": publication.edition,
        "houses": list(publication.houses.items()),
        "rows": [_row_told(row) for row in publication.rows],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def publication_from(text: str) -> Publication:
    """The publication with this text."""
    told = json.loads(text)
    return Publication(
        year=told["year"],
        number=told["number"],
        made_on=date.fromisoformat(told["made_on"]),
        edition=told["edition"],
        houses=dict(told["houses"]),
        rows=tuple(_row(each) for each in told["rows"]),
    )


def _row_told(row: Row) -> list[Any]:
    figures = [_figure_told(figure) for figure in row.figures]
    return [row.of.value, row.house, row.quarter, row.standing, row.theme, figures]


def _row(told: list[Any]) -> Row:
    of, house, quarter, standing, theme, figures = told
    read = Figures(tuple(_figure(each) for each in figures))
    return Row(Of(of), read, house, quarter, standing, theme)


def _figure_told(figure: Figure) -> list[Any]:
    value, coverage = (
        None if each is None else str(each) for each in (figure.value, figure.coverage)
    )
    counted = [figure.numerator, figure.denominator]
    return [
        *(figure.code, value, figure.unit.value, *counted, coverage, figure.definition),
        figure.reason.value if figure.reason else None,
    ]


def _figure(told: list[Any]) -> Figure:
    code, value, unit, numerator, denominator, coverage, definition, reason = told
    return Figure(
        code,
        None if value is None else Fraction(value),
        Unit(unit),
        numerator,
        denominator,
        None if coverage is None else Fraction(coverage),
        definition,
        Reason(reason) if reason else None,
    )
