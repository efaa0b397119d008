"""Published figures in words: the large ones, the tables, and the bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from buurthuis.foundation.formatting import linked
from buurthuis.pages.board.headlines import LARGE, large_name, told_large
from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.statistics.public.rows import Publication, Row
from buurthuis.statistics.words import change, known, label, reason, shown, written

ACROSS: Final = ("GEB", "BENUT", "AANTAL", "BEZOEK", "GROEP", "VRIJ_U", "KORT")
IN_A_QUARTER: Final = ("BENUT", "AANTAL", "BEZOEK", "GROEP", "VRIJ_U", "KORT")
OF_A_KIND: Final = ("AANTAL", "BEZOEK", "GROEP", "KORT")
ALSO: Final = (
    *("BENUT", "DAGDEEL", "ONTM", "AANTAL", "VRIJ_EUR.LOW", "VRIJ_EUR.MID", "VRIJ_EUR.HIGH"),
    *("LEER", "DEK", "HEF", "OPEN"),
)

Cell = str | Markup


@dataclass(frozen=True, slots=True)
class Large:
    """A large figure: what it is, how it changed, and what one should know at once."""

    label: str
    value: str
    change: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a picture: a name, how long its bar is, and the number in words."""

    name: str
    width: float | None
    words: str


def figure_of(row: Row, code: str) -> Figure | None:
    """A figure of a row; the building counts by its hours."""
    return None if row.figures.find(code) is None else told_large(code, row.figures)


def cell(row: Row, code: str) -> str:
    """A number in a table, or why it is not there, in a word."""
    figure = figure_of(row, code)
    if figure is None:
        return "–"
    return _("hidden") if figure.reason is Reason.BESIDE else shown(figure)


def large(row: Row, before: Row | None) -> list[Large]:
    """The five large ones."""
    found = []
    for code in LARGE:
        figure = figure_of(row, code)
        if figure is None:
            continue
        earlier = None if before is None else figure_of(before, code)
        note = reason(figure) or (_new(row.figures) if code == "GROEP" else known(figure))
        found.append(
            Large(
                large_name(code),
                cell(row, code),
                "" if earlier is None or earlier.value is None else change(figure, earlier),
                note,
                url_for("value.definition", figure=code),
            )
        )
    return found


def _new(figures: Figures) -> str:
    new = figures.find("NIEUW")
    if new is None or not (new.value or new.reason is Reason.TOO_FEW):
        return ""
    return _("%(count)s of them are new", count=shown(new))


def also(row: Row) -> list[tuple[Markup, str]]:
    """The other figures, each with a way to what it means."""
    return [
        (
            linked(label(code), url_for("value.definition", figure=code.split(".")[0])),
            cell(row, code),
        )
        for code in ALSO
        if row.figures.find(code) is not None
    ]


def head(first: str, codes: Sequence[str]) -> list[str]:
    """What stands above the columns."""
    return [first, *(large_name(code) for code in codes)]


def lines(rows: Iterable[tuple[Cell, Row]], codes: Sequence[str]) -> list[list[Cell]]:
    """A line for each row, with its name."""
    return [[name, *(cell(row, code) for code in codes)] for name, row in rows]


def bars(rows: Iterable[tuple[str, Row]]) -> list[Bar]:
    """How the used hours were shared; without those where nothing happened."""
    found = [(name, row.figures["BENUT"]) for name, row in rows]
    most = max((each.numerator or 0 for _name, each in found), default=0)
    return [
        Bar(name, round(100 * each.numerator / most, 1) if each.numerator else None, _used(each))
        for name, each in found
        if each.numerator or each.reason is Reason.BESIDE
    ]


def _used(figure: Figure) -> str:
    if figure.numerator is None:
        return _("hidden")
    return written("", Fraction(figure.numerator), Unit.MINUTES)


def has_some(row: Row) -> bool:
    """Something happened there, told or hidden."""
    return row.figures["AANTAL"].value != 0


def house_link(publication: Publication, slug: str) -> Markup:
    """The name of a house, which leads to its year."""
    address = url_for("value.house", year=publication.year, slug=slug)
    return linked(publication.houses[slug], address)
