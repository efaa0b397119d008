"""How large the letters of a wall sheet can be: the largest in which a week of a house fits on A4.

The sizes are estimates with room to spare: a letter is on average half as wide as it is high.
Where even the smallest letters do not fit, long titles are cut, and at last the busiest days end
with how many more there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

POINTS: Final = (14, 12, 10, 9, 8)
SMALL_POINTS: Final = (7, 6)
MM_A_POINT: Final = 0.3528
LETTER: Final = 0.56
LINE: Final = 1.2
CELL_MM: Final = 33.0
HEIGHT_MM: Final = 152.0
EDGE_MM: Final = 1.6
MOST: Final = 8
TRIES: Final = (
    *((longest, MOST, POINTS) for longest in (120, 40, 24)),
    *((16, most, (*POINTS, *SMALL_POINTS)) for most in range(MOST, 0, -1)),
)
"""How long titles may be, how many stand on a day, and in which sizes: from all to hardly anything."""

Line = tuple[str, str]
"""From when until when, and what."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One room on one day: what is written, and how many more there are."""

    lines: list[Line]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Fitted:
    """The rows of the sheet, and the size of their letters in points."""

    rows: list[list[Cell]]
    points: int


def fit(names: Sequence[str], rows: Sequence[Sequence[list[Line]]]) -> Fitted:
    """Choose the letters for a week of rooms; `rows` hold the lines of each room on each day."""
    for longest, most, sizes in TRIES:
        cells = [[_cut(lines, longest, most) for lines in row] for row in rows]
        for points in sizes:
            if height(names, cells, points) <= HEIGHT_MM:
                return Fitted(cells, points)
    return Fitted(cells, sizes[-1])


def height(names: Sequence[str], rows: Sequence[Sequence[Cell]], points: int) -> float:
    """How many millimetres of paper the rooms take in letters of this size."""
    letters = int(CELL_MM / (points * MM_A_POINT * LETTER))
    lines = sum(
        max([_lines(name, letters), *(_count(cell, letters) for cell in row)])
        for name, row in zip(names, rows, strict=True)
    )
    return lines * points * MM_A_POINT * LINE + len(rows) * EDGE_MM


def _cut(lines: list[Line], longest: int, most: int) -> Cell:
    short = [(hours, _shorter(what, longest)) for hours, what in lines[:most]]
    return Cell(short, max(0, len(lines) - most))


def _shorter(title: str, longest: int) -> str:
    return title if len(title) <= longest else title[: longest - 1].rstrip() + "…"


def _count(cell: Cell, letters: int) -> int:
    """How many lines of paper a cell takes."""
    return sum(_lines(f"{hours} {what}", letters) for hours, what in cell.lines) + bool(cell.more)


def _lines(text: str, letters: int) -> int:
    """How many lines a text takes; words are kept whole where they can be, as a browser does."""
    return max(1, len(wrap(text, letters)))
