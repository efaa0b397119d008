"""Lists of others as text: CSV in whatever letters it was saved, and sheets of a spreadsheet."""

import csv
import io
from typing import Final

from buurthuis.imports.readers.rows import Table, Unreadable

MOST_BYTES: Final = 10_000_000
MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 1_000
DELIMITERS: Final = ";,\t|"
LINES_TO_SNIFF: Final = 30
SPREADSHEET: Final = b"PK\x03\x04"
OLD_SPREADSHEET: Final = b"\xd0\xcf\x11\xe0"
TEXT_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_table(given: bytes, filename: str, *, sheet: str = "") -> Table:
    """The header and the rows of a CSV file or of a sheet; of a spreadsheet the first, or `sheet`.

    What the file is follows from its bytes; its name is believed only where they say nothing.

    Raises:
        Unreadable: it is no table, it is empty, or there is too much of it.
    """
    if len(given) > MOST_BYTES:
        raise Unreadable("too-large", most=MOST_BYTES // 1_000_000)
    if given.startswith(OLD_SPREADSHEET) or filename.lower().endswith((".xls", ".ods", ".numbers")):
        raise Unreadable("old-spreadsheet")
    if given.startswith(SPREADSHEET):
        from buurthuis.imports.readers.sheets import rows_of_sheet

        rows, sheets, name = rows_of_sheet(given, sheet)
        return table_of(rows, sheets=sheets, sheet=name)
    return table_of(_rows_of_csv(_text_of(given)))


def table_of(rows: list[list[str]], *, sheets: tuple[str, ...] = (), sheet: str = "") -> Table:
    """The table in these rows: its header is the first row with two words or more.

    Above it there may be a title; empty rows at the end are left off.

    Raises:
        Unreadable: there is no header, or there are too many rows or columns.
    """
    if len(rows) > MOST_ROWS:
        raise Unreadable("too-many-rows", most=MOST_ROWS)
    cleaned = [[_cell(each) for each in row] for row in rows]
    while cleaned and not any(cleaned[-1]):
        cleaned.pop()
    at = next((at for at, row in enumerate(cleaned) if sum(map(bool, row)) > 1), None)
    if at is None:
        raise Unreadable("no-table")
    width = max(index + 1 for row in cleaned[at:] for index, each in enumerate(row) if each)
    if width > MOST_COLUMNS:
        raise Unreadable("too-many-columns", most=MOST_COLUMNS)
    header, *others = (tuple((row + [""] * width)[:width]) for row in cleaned[at:])
    return Table(header, tuple(others), sheets, sheet, at + 2)


def _cell(text: str) -> str:
    return "".join(
        letter for letter in text[:LONGEST_CELL] if letter.isprintable() or letter == "\n"
    ).strip()


def _text_of(given: bytes) -> str:
    """The letters of a text file: Unicode, or what Windows writes in these parts."""
    for mark, encoding in TEXT_MARKS:
        if given.startswith(mark):
            return given.decode(encoding, "replace")
    try:
        return given.decode()
    except UnicodeDecodeError:
        return given.decode("cp1252", "replace")


def _rows_of_csv(text: str) -> list[list[str]]:
    if "\0" in text:
        raise Unreadable("no-table")
    first, _, rest = text.partition("\n")
    delimiter = ""
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        # Excel itself writes this line, and does not show it.
        delimiter, text = first.strip()[-1], "\n" + rest
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter_of(text))
        read = [row for _, row in zip(range(MOST_ROWS + 1), rows, strict=False)]
    except csv.Error:
        raise Unreadable("no-table") from None
    return read


def _delimiter_of(text: str) -> str:
    """The sign that stands equally often, and most often, in the first lines."""
    lines = [line for line in text.splitlines()[:LINES_TO_SNIFF] if line.strip()]

    def weight(sign: str) -> tuple[int, int]:
        counts = [_outside_quotes(line).count(sign) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return usual and counts.count(usual), usual

    return max(DELIMITERS, key=weight)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
