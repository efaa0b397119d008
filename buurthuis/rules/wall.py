"""How large the letters of a wall sheet can be: the largest in which a week of a house fits on A4.

The sizes are estimates with room to spare: a letter is on average half as wide as it is high.
Where even the smallest letters do not fit, the busiest days end with how many more there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

POINTS: Final = (14, 12, 10, 9, 8, 7)
MM_A_POINT: Final = 0.3528
LETTER: Final = 0.54
LINE: Final = 1.2
CELL_MM: Final = 32.0
HEIGHT_MM: Final = 154.0
PADDING_MM: Final = 1.8
MOST: Final = 8

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


def fit(rows: Sequence[Sequence[list[Line]]]) -> Fitted:
    """Choose the letters for a week of rooms; `rows` hold the lines of each room on each day."""
    for most in range(MOST, 0, -1):
        cells = [[_cut(lines, most) for lines in row] for row in rows]
        for points in POINTS:
            if sum(_height(row, points) for row in cells) <= HEIGHT_MM:
                return Fitted(cells, points)
    return Fitted(cells, POINTS[-1])


def _cut(lines: list[Line], most: int) -> Cell:
    if len(lines) <= most:
        return Cell(lines)
    return Cell(lines[: most - 1], len(lines) - most + 1)


def _height(row: Sequence[Cell], points: int) -> float:
    letters = int(CELL_MM / (points * MM_A_POINT * LETTER))
    lines = max([1, *(_count(cell, letters) for cell in row)])
    return lines * points * MM_A_POINT * LINE + PADDING_MM


def _count(cell: Cell, letters: int) -> int:
    """How many lines of paper a cell takes."""
    written = sum(-(-(len(hours) + 1 + len(what)) // letters) for hours, what in cell.lines)
    return written + bool(cell.more)
