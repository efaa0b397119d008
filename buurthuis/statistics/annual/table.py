"""The numbers of the annual sheet as a file: the same figures give the same bytes."""

import hashlib
from collections.abc import Mapping
from typing import Final

from buurthuis.foundation.spreadsheet import Cell, Table, csv_lines
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
    found = sorted(
        ((figure.code, place, figure) for place, figures in places.items() for figure in figures),
        key=lambda line: line[:2],
    )
    rows = ((code, place, *_cells(figure)) for code, place, figure in found)
    return "".join(csv_lines(Table("annual", COLUMNS, rows))).encode()


def checksum(content: bytes) -> str:
    """The SHA-256 of a file, as stands on the paper beside it."""
    return hashlib.sha256(content).hexdigest()


def checksum_line(content: bytes, name: str) -> str:
    """What `sha256sum -c` reads."""
    return f"{checksum(content)}  {name}\n"


def _cells(figure: Figure) -> tuple[Cell, ...]:
    """What is not known is empty; what is too little to tell stands as on the paper: "<3" or "<5"."""
    return (
        shown(figure) if figure.reason is Reason.TOO_FEW else figure.written,
        figure.numerator,
        figure.denominator,
        str(figure.unit),
        None if figure.coverage is None else rounded(figure.coverage),
        figure.definition,
    )
