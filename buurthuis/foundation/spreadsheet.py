"""Tables as CSV, the same bytes each time, in which no text is ever a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Final, TypeAlias

from buurthuis.rules.calendar import rfc3339

Cell: TypeAlias = str | int | Decimal | date | datetime | None
"""What may stand in a table. A moment is a `datetime` with its zone; yes and no are written as words."""

GUARD: Final = "'"
OPENS_A_FORMULA: Final = frozenset("=+-@\t\r\u2212")

_QUOTES: Final = frozenset("\"'`´‘’‚‛“”„‟«»‹›")
_ESCAPED: Final = re.compile(r"_x[0-9a-fA-F]{4}_")
"""How XLSX hides a letter: `_x003D_` opens as "="."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS: Final = re.compile(r"\r\n?")
_ENDS_A_CELL_ELSEWHERE: Final = re.compile(r"([;|\t\n])")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name. The rows may come while it is written, so there may be any number."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what looks like one begins with an apostrophe.

    Space, quotes and invisible letters before the sign do not hide it, nor do its wide or small
    shapes: some programs strip those, and some people paste. Letters that no file can hold go.
    """
    return f"{GUARD}{tidied(text)}" if looks_like_a_formula(text) else tidied(text)


def tidied(text: str) -> str:
    """A text without the letters that no file can hold, with one kind of line end."""
    return _LINE_ENDS.sub("\n", _UNWRITABLE.sub("", text))


def looks_like_a_formula(text: str) -> bool:
    """The first letter that shows is one with which formulas begin."""
    for place, letter in enumerate(text):
        if letter in OPENS_A_FORMULA or _ESCAPED.match(text, place):
            return True
        if unicodedata.normalize("NFKC", letter)[:1] in OPENS_A_FORMULA:
            return True
        if not (letter.isspace() or letter in _QUOTES or unicodedata.category(letter)[0] in "CM"):
            return False
    return False


def csv_lines(table: Table) -> Iterator[str]:
    """The lines of a CSV file: commas, a decimal point, dates as ISO 8601, a line feed at the end."""
    line = io.StringIO()
    lines = csv.writer(line, lineterminator="\n")
    for row in chain([table.headings], table.rows):
        lines.writerow([_in_csv(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def write_csv(table: Table, into: IO[bytes]) -> None:
    """Write a table as CSV, in UTF-8."""
    for line in csv_lines(table):
        into.write(line.encode())


def in_words(cell: Cell) -> str:
    """A cell as text; numbers have a decimal point and no exponent."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case Decimal():
            return format(cell, "f")
        case datetime():
            return rfc3339(cell)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _in_csv(cell: Cell) -> str:
    return _harmless_anywhere(cell) if isinstance(cell, str) else in_words(cell)


def _harmless_anywhere(text: str) -> str:
    """Harmless also where a program takes other signs for the end of a cell.

    In the Netherlands that is the semicolon, and then a line end inside quotes ends a row.
    """
    first, *others = _ENDS_A_CELL_ELSEWHERE.split(harmless(text))
    return "".join([first, *map(harmless, others)])
