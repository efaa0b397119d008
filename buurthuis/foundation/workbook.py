"""Tables as XLSX: a sheet for each, the same bytes each time, and never a formula."""

import re
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain, islice
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles.alignment import Alignment
from openpyxl.styles.fonts import Font
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from buurthuis.foundation.spreadsheet import Cell, Table, harmless, in_words
from buurthuis.rules.calendar import on_the_clock

LONGEST_TEXT: Final = 32_767
"""Letters in a cell; what is longer is cut off."""
LONGEST_NAME: Final = 31
NARROWEST, WIDEST = 8, 60
ROWS_TO_MEASURE: Final = 100
FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""Of zip, whose clock begins there."""

_NOT_IN_A_NAME: Final = re.compile(r"[\\/*?:\[\]']")


def write_workbook(tables: Iterable[Table], into: IO[bytes]) -> None:
    """Write tables as XLSX, each on a sheet of its own under a header that stays in sight."""
    book = Workbook(write_only=True)
    book.properties.creator = "buurthuis"
    book.properties.created = book.properties.modified = datetime(*FIRST_DAY)  # noqa: DTZ001
    names: set[str] = set()
    for table in tables:
        _write_sheet(book, table, _free_name(table.name, names))
    with _Steady(into, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


def _write_sheet(book: Workbook, table: Table, name: str) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    rows = iter(table.rows)
    first = list(islice(rows, ROWS_TO_MEASURE))
    for number, column in enumerate(zip(table.headings, *first, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(column)
    pen = _Pen(sheet)
    sheet.append([pen.heading(each) for each in table.headings])
    count = 1
    for row in chain(first, rows):
        sheet.append([pen.cell(value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headings))}{count}"


def _width(column: Iterable[Cell]) -> int:
    longest = max(len(in_words(each)) for each in column)
    return min(WIDEST, max(NARROWEST, longest + 2))


class _Pen:
    """Writes cells of one sheet. A look is worked out once: openpyxl takes long to find one."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._bold = self._look(font=Font(bold=True))
        self._plain = self._look()
        self._wrapped = self._look(alignment=Alignment(wrap_text=True, vertical="top"))
        self._day = self._look(number_format="yyyy-mm-dd")
        self._moment = self._look(number_format="yyyy-mm-dd hh:mm")

    def heading(self, text: str) -> Any:
        """The name of a column."""
        return self._of_kind(harmless(text), "s", self._bold)

    def cell(self, value: Cell) -> Any:
        """A number stays a number and a day a day; all else is text, whatever it looks like."""
        match value:
            case str():
                text = harmless(value)[:LONGEST_TEXT]
                look = self._wrapped if "\n" in text else self._plain
                # Its own guess would make a formula of "=", and a fault of "#N/A".
                return self._of_kind(text, "s", look) if text else None
            case bool():
                return self.cell(in_words(value))
            case datetime():
                shown = on_the_clock(value).replace(tzinfo=None)
                return self._of_kind(shown, "d", self._moment)
            case date():
                return self._of_kind(value, "d", self._day)
            case _:
                return value

    def _look(self, **facts: Any) -> Any:
        cell = WriteOnlyCell(self._sheet)
        for name, fact in facts.items():
            setattr(cell, name, fact)
        return cell._style

    def _of_kind(self, value: Any, kind: str, look: Any) -> Any:
        cell = WriteOnlyCell(self._sheet)
        cell._value, cell.data_type, cell._style = value, kind, look
        return cell


def _free_name(wanted: str, names: set[str]) -> str:
    """A name that a sheet may have and that no sheet has yet; capitals make no difference."""
    bare = _NOT_IN_A_NAME.sub(" ", harmless(wanted)).strip() or "-"
    name, number = bare[:LONGEST_NAME], 1
    while name.casefold() in names:
        number += 1
        ending = f" {number}"
        name = bare[: LONGEST_NAME - len(ending)] + ending
    names.add(name.casefold())
    return name


class _Steady(ZipFile):
    """A zip whose bytes follow from what is in it: no clock, and no traces of the machine."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """A part that is at hand."""
        super().writestr(_part(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """A part that stands in a file; it is read bit by bit."""
        with open(filename, "rb") as source, self.open(_part(arcname), "w") as part:
            shutil.copyfileobj(source, part)


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, FIRST_DAY)
    part.compress_type = ZIP_DEFLATED
    return part
