"""Files for spreadsheets: numbers stay numbers, days stay days, and whatever people type stays text."""

import csv
import io
import re
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from buurthuis.foundation.spreadsheet import Table, csv_lines, harmless, tidied, write_csv
from buurthuis.foundation.workbook import LONGEST_TEXT, write_workbook

HOSTILE = [
    "=1+1",
    "+31 20 555",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\x00=1",
    '"=1',
    "'=1",
    "“=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "−1",
    "﹦1",
    "_x003D_1",
    " _x003D_1",
    "=cmd|' /C calc'!A0",
]
FRIENDLY = ["Soep & brood", "1 = 1", "a-b", "–", "…", "#N/A", "TRUE", "12", "", "été", "'t Huis"]
LETTERS = st.one_of(st.text(), st.text("=+-@;,|\t\r\n\"' _x003D_ab\u200b＝\x00", max_size=12))


def in_csv(*rows, headings=None, delimiter=","):
    table = Table("t", headings or ["a"] * len(rows[0]), rows)
    return list(csv.reader(io.StringIO("".join(csv_lines(table)), newline=""), delimiter=delimiter))


def workbook(*tables):
    written = io.BytesIO()
    write_workbook(tables, written)
    return written


def in_sheet(*rows):
    table = Table("t", ["a"] * len(rows[0]), rows)
    return list(load_workbook(workbook(table), rich_text=False)["t"].iter_rows())[1:]


def begins_a_formula(text):
    """As somebody who wants to break in sees it: what is left once nothing in front shows."""
    bare = text.lstrip('"“”‘’ \u00a0\u200b\ufeff\n\v\f')
    first = unicodedata.normalize("NFKC", bare[:1])
    return first[:1] in {"=", "+", "-", "@", "\t", "\r"}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_formula_begins_with_an_apostrophe(text):
    assert harmless(text) == "'" + tidied(text)
    [[cell]] = in_sheet([text])
    assert (cell.value, cell.data_type) == ("'" + tidied(text), "s")
    [shown] = in_csv([text])[1]
    assert shown.startswith("'")
    assert shown.replace("'", "") == tidied(text).replace("'", "")


@pytest.mark.parametrize("text", FRIENDLY)
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text
    [[cell, _last]] = in_sheet([text, 1])
    assert cell.value == (text or None)
    assert cell.data_type == ("s" if text else "n")


@given(LETTERS)
@example("_x003D_1")
@example("#REF!")
def test_any_text_comes_back_as_text(text):
    [[cell, _last]] = in_sheet([text, 1])
    shown = cell.value or ""

    assert cell.data_type == ("s" if shown else "n")
    assert not begins_a_formula(shown)
    assert shown in {tidied(text), f"'{tidied(text)}"}


@given(LETTERS, LETTERS)
@example("Soep;=1+1", "a\n=1")
@example('";=1', 'a"\t@SUM(A1)')
def test_any_text_is_harmless_with_other_separators_too(text, other):
    [shown, last] = in_csv([text, other])[1]
    assert shown.replace("'", "") == tidied(text).replace("'", "")
    assert last.replace("'", "") == tidied(other).replace("'", "")
    for delimiter in ",;\t|":
        for row in in_csv([text, other], delimiter=delimiter):
            assert not any(begins_a_formula(cell) for cell in row), row


def test_numbers_stay_numbers_and_days_stay_days():
    moment = datetime(2026, 3, 13, 18, 0, tzinfo=UTC)
    row = [-5, Decimal("-0.25"), Decimal("2E+3"), date(2026, 3, 13), moment, None, True, "x"]

    assert in_csv(row)[1] == [
        *("-5", "-0.25", "2000", "2026-03-13", "2026-03-13T19:00:00+01:00", "", "yes", "x")
    ]
    [cells] = in_sheet(row)
    day = cells[3].value.date()
    assert (day, cells[4].value) == (date(2026, 3, 13), datetime.combine(day, time(19)))
    assert [cell.value for cell in (*cells[:3], *cells[5:])] == [-5, -0.25, 2000, None, "yes", "x"]
    assert [cell.data_type for cell in cells] == ["n", "n", "n", "d", "d", "n", "s", "s"]
    assert cells[3].number_format == "yyyy-mm-dd"


def test_the_same_tables_are_the_same_bytes_at_any_time():
    def written():
        sheets = [Table("Uren", ["a", "b"], iter([["x", 1]])), Table("uren", ["a"], [])]
        return workbook(*sheets).getvalue()

    with time_machine.travel("2026-01-01"):
        first = written()
    with time_machine.travel("2031-07-01"):
        assert written() == first
    with ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_sheet_has_its_header_in_sight_and_a_name_of_its_own():
    names = ["Zaal [1]: a/b?", "Zaal [1]: a/b?", "x" * 40, "X" * 40, "", "=1"]
    book = load_workbook(
        workbook(*(Table(each, ["Groep", "Uren"], [["Koor", 1]]) for each in names))
    )

    assert len({each.casefold() for each in book.sheetnames}) == len(names)
    assert all(len(each) <= 31 for each in book.sheetnames)
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet.column_dimensions["A"].width == 8


def test_columns_are_as_wide_as_what_stands_in_them():
    table = Table("t", ["a", "b"], [["kort", "w" * 500], ["wat langer dan kort", ""]])
    sheet = load_workbook(workbook(table))["t"]

    assert [sheet.column_dimensions[each].width for each in "AB"] == [21, 60]


def test_a_text_that_no_cell_can_hold_is_cut_off():
    [[cell]] = in_sheet(["w" * (LONGEST_TEXT + 5)])

    assert len(cell.value) == LONGEST_TEXT


def test_rows_are_written_while_they_come():
    seen = []

    def rows():
        for number in range(3):
            seen.append(number)
            yield [number]

    lines = csv_lines(Table("t", ["n"], rows()))
    assert (next(lines), seen) == ("n\n", [])
    assert (next(lines), seen) == ("0\n", [0])


def test_a_file_is_in_utf_8_without_a_mark():
    written = io.BytesIO()
    write_csv(Table("t", ["hé"], [["één\r\ntwee"]]), written)

    assert written.getvalue() == 'hé\n"één\ntwee"\n'.encode()


def test_no_other_module_writes_such_files():
    program = Path(__file__).parents[2] / "buurthuis"
    writers = {
        path.relative_to(program).as_posix()
        for path in program.rglob("*.py")
        if re.search(r"csv\.(Dict)?[Ww]riter|WriteOnlyCell|Workbook\(", path.read_text("utf-8"))
    }

    assert writers == {"foundation/spreadsheet.py", "foundation/workbook.py"}
