"""Spreadsheets (.xlsx): the words of one sheet, without its formulas, its pictures and its tricks."""

import io
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from defusedxml.common import DefusedXmlException

from buurthuis.imports.readers.rows import Unreadable

MOST_FILES: Final = 1_000
MOST_UNPACKED_BYTES: Final = 40_000_000
MOST_FURNITURE_BYTES: Final = 5_000_000
"""Of styles, names and the like, which are read as a whole before any word."""
MOST_RATIO: Final = 60
MOST_ROWS: Final = 10_000
MOST_CELLS: Final = 600_000
MOST_COLUMNS: Final = 60
MOST_COVERS: Final = 5
"""How many sheets are looked at for a list: the first may be a cover."""
EMPTY_ROWS: Final = 500
"""After so many empty rows a sheet is over, however far Excel thinks it goes on."""


def rows_of_sheet(given: bytes, wanted: str) -> tuple[list[list[str]], tuple[str, ...], str]:
    """The rows of a sheet, the names of all sheets, and of the one that was read: what is wanted, or the
    first that holds a list.

    Raises:
        Unreadable: it is no spreadsheet, it attacks, or there is too much of it.
    """
    _look_at_the_parcel(given)
    from openpyxl.reader.excel import load_workbook
    from openpyxl.xml import DEFUSEDXML, LXML

    # With defusedxml beside it the library refuses entities and documents from outside.
    if LXML or not DEFUSEDXML:
        raise RuntimeError("openpyxl does not read through defusedxml.")

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(
                io.BytesIO(given), read_only=True, data_only=True, keep_links=False
            )
            names = tuple(str(sheet.title)[:100] for sheet in book.worksheets)
            rows, at = _chosen(book.worksheets, names, wanted)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # The library stumbles over odd files in many ways.
        raise Unreadable("attacks" if _is_attack(error) else "no-table") from error
    return rows, names, names[at]


def _is_attack(error: BaseException | None) -> bool:
    """Whether it was refused because it names entities or documents from outside."""
    while error is not None:
        if isinstance(error, DefusedXmlException):
            return True
        error = error.__cause__ or error.__context__
    return False


def _look_at_the_parcel(given: bytes) -> None:
    """A spreadsheet is a ZIP file: refuse one that unpacks to far more than it is."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(given)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable("no-table") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_FILES or unpacked > MOST_UNPACKED_BYTES:
        raise Unreadable("unpacks-to-too-much", most=MOST_UNPACKED_BYTES // 1_000_000)
    for part in parts:
        is_words = part.filename.startswith(("xl/worksheets/", "xl/sharedStrings"))
        if part.file_size > MOST_FURNITURE_BYTES and not is_words:
            raise Unreadable("unpacks-to-too-much", most=MOST_FURNITURE_BYTES // 1_000_000)
        if part.file_size > 1_000_000 and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise Unreadable("unpacks-to-too-much", most=MOST_UNPACKED_BYTES // 1_000_000)


def _chosen(sheets: list[Any], names: tuple[str, ...], wanted: str) -> tuple[list[list[str]], int]:
    """The rows of the sheet that is wanted, or else of the first that holds a list; and its place."""
    if wanted in names:
        at = names.index(wanted)
        return _rows(sheets[at]), at
    first: list[list[str]] = []
    for at, sheet in enumerate(sheets[:MOST_COVERS]):
        rows = _rows(sheet)
        if any(sum(map(bool, row)) > 1 for row in rows):
            return rows, at
        first = first or rows
    return first, 0


def _rows(sheet: Any) -> list[list[str]]:
    """The words of every row, up to a long stretch of nothing."""
    # What a file says of its own size is not believed, in either direction.
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    empty = cells = 0
    for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True):
        told = [_told(value) for value in row]
        cells += len(told)
        empty = 0 if any(told) else empty + 1
        rows.append(told)
        if empty > EMPTY_ROWS:
            break
        if len(rows) - empty > MOST_ROWS or cells > MOST_CELLS:
            raise Unreadable("too-many-rows", most=MOST_ROWS)
    return rows[: len(rows) - empty]


def _told(value: Any) -> str:
    """What a cell says: a moment without its midnight, a number without its empty decimals."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case datetime():
            whole = (value + timedelta(seconds=0.5)).replace(microsecond=0)
            return f"{whole:%Y-%m-%d}" if whole.time() == time() else f"{whole:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)
