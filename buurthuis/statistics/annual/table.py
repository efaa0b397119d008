"""The numbers of the annual sheet as a file: the same figures give the same bytes."""

import csv
import hashlib
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from buurthuis.rules.figures.codes import Reason
from buurthuis.rules.figures.figure import Figure, Figures, rounded
from buurthuis.statistics.words import shown

COLUMNS: Final = (
    *("code", "venue", "value", "numerator", "denominator", "unit", "coverage", "definition"),
)


def table(places: Mapping[str, Figures]) -> bytes:
    """A line for each figure of each house by its slug, and of all houses by an empty one.

    Lines are in the order of code and house. There is no moment in it, so it says nothing but the
    figures.
    """
    lines = sorted(
        (figure.code, place, *_cells(figure))
        for place, figures in places.items()
        for figure in figures
    )
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(lines)
    return paper.getvalue().encode()


def checksum(content: bytes) -> str:
    """The SHA-256 of a file, as stands on the paper beside it."""
    return hashlib.sha256(content).hexdigest()


def checksum_line(content: bytes, name: str) -> str:
    """What `sha256sum -c` reads."""
    return f"{checksum(content)}  {name}\n"


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        _few(figure) or _number(figure.written),
        _number(figure.numerator),
        _number(figure.denominator),
        str(figure.unit),
        _number(None if figure.coverage is None else rounded(figure.coverage)),
        figure.definition,
    )


def _few(figure: Figure) -> str:
    """As on the paper: "<3" or "<5"."""
    return shown(figure) if figure.reason is Reason.TOO_FEW else ""


def _number(value: Decimal | int | None) -> str:
    """Plain digits with a point; nothing where it is not known."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
