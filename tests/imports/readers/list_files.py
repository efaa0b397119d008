"""Lists as offices keep them: spreadsheets made for a test, and parcels that attack."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
SHEET_OPENING = (
    '<?xml version="1.0"?><worksheet'
    ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"


def spreadsheet(*rows: Sequence[Any], others: Sequence[str] = ()) -> bytes:
    """An .xlsx with these rows on its first sheet, and empty sheets behind it."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "Rooster"
    for row in rows:
        book.active.append(row)
    for name in others:
        book.create_sheet(name).append(["Zaal", "Dag"])
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    parcel = io.BytesIO()
    book.save(parcel)
    return parcel.getvalue()


def with_part(given: bytes, name: str, words: str) -> bytes:
    """The same spreadsheet with other words in one of its parts."""
    old, parcel = zipfile.ZipFile(io.BytesIO(given)), io.BytesIO()
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, words if part == name else old.read(part))
    return parcel.getvalue()
