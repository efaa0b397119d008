"""Figures as lines: a name, a value, how it changed, what it was made of, and where its rows are."""

from collections.abc import Iterable
from dataclasses import dataclass

from buurthuis.pages.board.aims import Aim, aim_of
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import than
from buurthuis.pages.board.reading import Reading
from buurthuis.rules.figures.codes import Unit
from buurthuis.rules.figures.figure import Figure
from buurthuis.statistics import words
from buurthuis.statistics.code_words import LABELS


@dataclass(frozen=True, slots=True)
class Line:
    """One figure or part on a page."""

    code: str
    label: str
    value: str
    before: str
    change: str
    counted: str
    exactly: str
    """The whole sum, to compare with the rows."""
    known: str
    reason: str
    caveat: str
    definition: str
    url: str
    is_part: bool
    aim: Aim | None


def lines(choice: Choice, reading: Reading, codes: Iterable[str]) -> list[Line]:
    """Those of the codes that there are, in that order."""
    return [line(choice, reading, code) for code in codes if reading.figures.find(code)]


def all_lines(choice: Choice, reading: Reading) -> list[Line]:
    """Every figure and part; the parts for each standing stand on the page of their figure."""
    found = [each.code for each in reading.figures if each.code in LABELS]
    return [line(choice, reading, each) for each in found]


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
        _exactly(figure),
        words.known(figure),
        words.reason(figure),
        words.caveat(code),
        figure.definition,
        choice.to("board.figure", figure=code),
        bool(figure.part),
        aim_of(choice, figure, reading.targets.get(code)),
    )


def _exactly(figure: Figure) -> str:
    if figure.numerator is None or figure.unit is Unit.RATIO:
        return ""
    return words.part_of(figure.code, figure.unit, figure.numerator)
