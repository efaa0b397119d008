"""Figures as lines: a name, a value, how it changed, what it was made of, and where its rows are."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import than
from buurthuis.pages.board.reading import Reading
from buurthuis.statistics import words


@dataclass(frozen=True, slots=True)
class Line:
    """One figure or part on a page."""

    code: str
    label: str
    value: str
    before: str
    change: str
    counted: str
    known: str
    reason: str
    caveat: str
    definition: str
    url: str
    is_part: bool


def lines(choice: Choice, reading: Reading, codes: Iterable[str]) -> list[Line]:
    """Those of the codes that there are, in that order."""
    return [line(choice, reading, code) for code in codes if reading.figures.find(code)]


def all_lines(choice: Choice, reading: Reading) -> list[Line]:
    """Every figure and part."""
    return [line(choice, reading, each.code) for each in reading.figures]


def line(choice: Choice, reading: Reading, code: str) -> Line:
    """One figure with everything that stands beside it."""
    figure, before = reading.figures[code], reading.earlier.figures.find(code)
    return Line(
        code,
        words.label(code),
        words.shown(figure),
        words.shown(before) if before else "–",
        words.change(figure, before, than(choice)),
        words.counted(figure),
        words.known(figure),
        words.reason(figure),
        words.caveat(code),
        figure.definition,
        choice.to("board.figure", figure=code),
        bool(figure.part),
    )


def summary(rows: Iterable[Line]) -> list[tuple[Markup | str, Markup]]:
    """Lines for a summary list: the name leads to the rows, the value has its change under it."""
    return [
        (
            Markup('<a href="{}">{}</a>').format(each.url, each.label),
            _under_each_other(
                Markup("<b>{}</b>").format(each.value),
                *(each.reason or each.change, each.counted, each.known),
            ),
        )
        for each in rows
    ]


def _under_each_other(*parts: str) -> Markup:
    return Markup("<br>").join(each for each in parts if each)
