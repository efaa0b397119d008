"""The geometry of pictures: where bars, lines and cells stand on a drawing that is 320 wide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

WIDTH: Final = 320
HEIGHT: Final = 180
LEFT: Final = 46
"""Room for the numbers beside the lines."""
TOP: Final = 10
BOTTOM: Final = 24
"""Room for the names under the columns."""
LEVELS: Final = 6
_STEPS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the drawing: at which height, and what it stands for."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a column, with the number of its tone."""

    x: float
    y: float
    width: float
    height: float
    tone: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Stacked columns: their blocks, the middles under which their names stand, and the lines behind."""

    blocks: tuple[Block, ...]
    middles: tuple[float, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over the same steps: a path for each, the points of the first, and the lines behind."""

    paths: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    middles: tuple[float, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of a heat map: its place, how dark it is drawn (0 to 5), and how full it is."""

    x: float
    y: float
    level: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat map: cells of one size, the middles of its columns and rows."""

    cells: tuple[Cell, ...]
    width: float
    height: float
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    total_height: float


def marks_up_to(highest: float, most: int = 4) -> list[int]:
    """Round numbers from nought to the first one that is not below the highest.

    >>> marks_up_to(1180)
    [0, 500, 1000, 1500]
    """
    step = 1
    for step in _steps():
        if highest <= step * (most - 1):
            break
    count = max(1, -int(-highest // step))
    return [step * number for number in range(count + 1)]


def columns(stacks: Sequence[Sequence[float]]) -> Columns:
    """Columns with the first number of each at the bottom."""
    marks = marks_up_to(max((sum(each) for each in stacks), default=0))
    middles, step = _middles(len(stacks))
    width = round(min(step * 0.68, 48), 1)
    blocks = []
    for middle, numbers in zip(middles, stacks, strict=True):
        foot = 0.0
        for tone, number in enumerate(numbers):
            if number > 0:
                top = _height(foot + number, marks[-1])
                height = round(_height(foot, marks[-1]) - top, 1)
                blocks.append(Block(round(middle - width / 2, 1), top, width, height, tone))
            foot += number
    return Columns(tuple(blocks), middles, _marks(marks))


def lines(rows: Sequence[Sequence[float | None]]) -> Lines:
    """A line for each row; where a number is not known, the line has a gap."""
    steps = max((len(each) for each in rows), default=0)
    marks = marks_up_to(max((each or 0 for row in rows for each in row), default=0))
    middles, _step = _middles(steps)
    drawn = [_points(row, middles, marks[-1]) for row in rows]
    first = tuple(each for each in drawn[0] if each is not None) if drawn else ()
    return Lines(tuple(_path(each) for each in drawn), first, middles, _marks(marks))


def heat(shares: Sequence[Sequence[float | None]], *, left: float = 44, top: float = 20) -> Heat:
    """A map with a row of shares (0–1) for each hour; None is closed, and stays empty."""
    across = max((len(each) for each in shares), default=1)
    width, height = round((WIDTH - left) / across, 2), 20
    fullest = max((share or 0 for line in shares for share in line), default=0)
    cells = tuple(
        Cell(round(left + column * width, 1), top + row * height, _level(share, fullest), share)
        for row, line in enumerate(shares)
        for column, share in enumerate(line)
    )
    return Heat(
        cells,
        *(width, height),
        columns=tuple(round(left + (each + 0.5) * width, 1) for each in range(across)),
        rows=tuple(top + (each + 0.5) * height for each in range(len(shares))),
        total_height=top + len(shares) * height,
    )


def share_of_width(value: float, whole: float, width: float = 100) -> float:
    """How far a bar reaches: never below nought, never beyond its end."""
    return round(width * min(max(value / whole, 0), 1), 1) if whole > 0 else 0.0


def _steps() -> Iterable[int]:
    """1, 2, 5, 10, 20, 50 …"""
    tens = 1
    while True:
        yield from (tens * each for each in _STEPS)
        tens *= 10


def _middles(count: int) -> tuple[tuple[float, ...], float]:
    step = (WIDTH - LEFT) / max(count, 1)
    return tuple(round(LEFT + (each + 0.5) * step, 1) for each in range(count)), step


def _height(value: float, highest: float) -> float:
    """Where a value stands; the drawing counts from above."""
    floor = HEIGHT - BOTTOM
    return round(floor - (floor - TOP) * value / highest, 1)


def _marks(values: Sequence[int]) -> tuple[Mark, ...]:
    return tuple(Mark(_height(each, values[-1]), each) for each in values)


def _points(
    row: Sequence[float | None], middles: Sequence[float], highest: float
) -> list[tuple[float, float] | None]:
    pairs = zip(middles, row, strict=False)
    return [None if each is None else (x, _height(each, highest)) for x, each in pairs]


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """The pieces of a line between its gaps."""
    pieces = []
    for is_known, piece in groupby(points, key=lambda each: each is not None):
        if is_known:
            pieces.append("M" + "L".join(f"{each[0]:g} {each[1]:g}" for each in piece if each))
    return "".join(pieces)


def _level(share: float | None, fullest: float) -> int:
    """Nothing is 0, and the fullest is 5: where little is used one still sees when."""
    if not share:
        return 0
    return min(1 + int(share / fullest * (LEVELS - 1)), LEVELS - 1)
