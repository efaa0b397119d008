"""Lists of others: whatever letters, signs and days they are written with, or left out by name."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from buurthuis.imports.readers.columns import guess_columns
from buurthuis.imports.readers.list_rows import rows_of
from buurthuis.imports.readers.rows import (
    Columns,
    Doubt,
    EntryStatus,
    Found,
    Reading,
    Table,
    Unreadable,
    Why,
)
from buurthuis.imports.readers.tables import read_table
from tests.imports.readers.calendar_files import AMSTERDAM, shown, whys
from tests.imports.readers.list_files import SHEET, SHEET_END, SHEET_OPENING, spreadsheet, with_part

EVENING = datetime(2026, 11, 26, 21, 30)  # noqa: DTZ001 - a spreadsheet knows no zones.
WORDS = "Datum;Begin;Eind;Zaal;Organisatie;Activiteit\r\n"


def read(text: str) -> Reading:
    """What a list in CSV says when its own headings decide."""
    table = read_table(text.encode(), "lijst.csv")
    return rows_of(table, guess_columns(table.header, table.rows), AMSTERDAM)


def one(*cells: str) -> Found:
    """The row of a list with one row."""
    (row,) = read(WORDS + ";".join(cells)).found
    return row


@pytest.mark.parametrize(
    "given",
    [
        "Datum;Zaal\r\n26-11-2026;Café\r\n".encode(),
        "Datum;Zaal\r\n26-11-2026;Café\r\n".encode("cp1252"),
        "Datum;Zaal\r\n26-11-2026;Café\r\n".encode("utf-8-sig"),
        "Datum\tZaal\r\n26-11-2026\tCafé\r\n".encode("utf-16"),
        '"Datum","Zaal"\n"26-11-2026","Café"\n'.encode(),
        "sep=|\r\nDatum|Zaal\r\n26-11-2026|Café\r\n".encode(),
    ],
    ids=["utf-8", "windows", "mark", "utf-16 with tabs", "commas", "sep"],
)
def test_a_list_is_read_in_whatever_letters_it_was_saved(given):
    table = read_table(given, "lijst.csv")

    assert (table.header, table.rows) == (("Datum", "Zaal"), (("26-11-2026", "Café"),))


def test_a_comma_within_quotes_is_part_of_a_cell():
    table = read_table(b'Zaal;Tekst\nA;"een, twee; drie\nvier"\n', "lijst.csv")

    assert table.rows == (("A", "een, twee; drie\nvier"),)


def test_a_title_above_the_headings_and_empty_rows_below_are_no_rows():
    table = read_table(b"Reserveringen 2026;;\n;;\nDatum;Zaal;\n26-11-2026;A;\n;;\n;;\n", "a.csv")

    assert (table.header, table.first_line) == (("Datum", "Zaal"), 4)
    assert table.rows == (("26-11-2026", "A"),)


def test_a_spreadsheet_tells_days_times_and_numbers_as_text():
    given = spreadsheet(
        ["Datum", "Begin", "Eind", "Duur", "Aantal", "Vast", "Som"],
        [date(2026, 11, 26), time(19), EVENING, timedelta(hours=26), 25.0, True, "=1+1"],
        others=["Zomer"],
    )

    table = read_table(given, "lijst.xlsx")

    assert table.rows == (("2026-11-26", "19:00", "2026-11-26 21:30", "26:00", "25", "ja", ""),)
    assert (table.sheets, table.sheet) == (("Rooster", "Zomer"), "Rooster")
    assert read_table(given, "lijst.xlsx", sheet="Zomer").header == ("Zaal", "Dag")


def test_a_cover_before_the_list_is_passed_over():
    given = spreadsheet(["Welkom"], others=["Lijst"])

    assert read_table(given, "lijst.xlsx").sheet == "Lijst"


def test_a_spreadsheet_that_says_it_is_endless_is_read_as_far_as_it_goes():
    row = '<row r="{0}"><c r="A{0}"><v>{1}</v></c><c r="B{0}"><v>2</v></c></row>'
    words = SHEET_OPENING + row.format(1, 1) + row.format(1_048_576, 3) + SHEET_END

    table = read_table(with_part(spreadsheet(["a"]), SHEET, words), "lijst.xlsx")

    assert (table.header, table.rows) == (("1", "2"), ())


@pytest.mark.parametrize(
    ("given", "name", "code"),
    [
        (b"", "a.csv", "no-table"),
        (b"een woord", "a.csv", "no-table"),
        (b"\x89PNG\r\n\x1a\n\0\0;;", "a.csv", "no-table"),
        (b"\xd0\xcf\x11\xe0old", "a.xls", "old-spreadsheet"),
        (b"PK\x03\x04 and nothing more", "a.xlsx", "no-table"),
        (b"a;b\n" * 10_002, "a.csv", "too-many-rows"),
        (b"a;" * 70 + b"b", "a.csv", "too-many-columns"),
    ],
)
def test_what_is_no_list_is_refused(given, name, code):
    with pytest.raises(Unreadable) as refused:
        read_table(given, name)

    assert refused.value.code == code


DUTCH = ["Reserveringsnummer", "Dag", "Datum", "Van", "Tot", "Ruimte", "Huurder"]
OUTLOOK = ["Subject", "Start Date", "Start Time", "End Date", "End Time", "All day event"]


@pytest.mark.parametrize(
    ("header", "row", "columns"),
    [
        (
            [*DUTCH, "Activiteit", "Aantal personen", "Opmerkingen", "Status"],
            ["7", "do", "26-11-2026", "19:00", "21:00", "Zaal", "Koor", "Zang", "25", "", "optie"],
            Columns(2, 3, 4, title=7, place=5, group=6, remark=9, people=8, status=10, key=0),
        ),
        (
            [*OUTLOOK, "Location", "Categories", "Description"],
            ["Choir", "11/26/2026", "7:00 PM", "11/26/2026", "9:00 PM", "False", "Hall", "", ""],
            Columns(1, 2, 4, 3, title=0, place=6, kind=7, remark=8),
        ),
        (
            ["Start", "Einde", "Titel"],
            ["26-11-2026 19:00", "26-11-2026 21:00", "Koor"],
            Columns(start=0, end=1, title=2),
        ),
        (
            ["Reservering", "Begin datum/tijd", "Eind datum/tijd", "Naam huurder (groep)"],
            ["Zang", "26-11-2026 19:00", "26-11-2026 21:00", "Koor"],
            Columns(start=1, end=2, title=0, group=3),
        ),
        (
            ["Week", "Dag", "Datum reservering", "Vereiste deelnemers", "E-mail"],
            ["48", "do", "26-11-2026", "Bram en Amina", "bram@example.org"],
            Columns(day=2),
        ),
        (
            ["", "Wanneer precies", "Zaal"],
            ["26 november 2026", "19.00-21.00 uur", "A"],
            Columns(day=0, start=1, place=2),
        ),
    ],
    ids=["Dutch", "Outlook", "moments", "long headings", "no people", "by their cells"],
)
def test_headings_and_cells_suggest_what_columns_mean(header, row, columns):
    assert guess_columns(header, [row]) == columns


@pytest.mark.parametrize(
    ("day", "start", "end", "told"),
    [
        ("26-11-2026", "19:00", "21:00", "11-26 19:00–11-26 21:00"),
        ("26/11/26", "19.00", "21.30", "11-26 19:00–11-26 21:30"),
        ("26.11.2026", "19u", "21u30", "11-26 19:00–11-26 21:30"),
        ("do 26 nov. 2026", "19:00 uur", "21 uur", "11-26 19:00–11-26 21:00"),
        ("donderdag 26 november 2026", "7:00 PM", "9 pm", "11-26 19:00–11-26 21:00"),
        ("November 26, 2026", "1900", "2130", "11-26 19:00–11-26 21:30"),
        ("2026-11-26", "19:00 - 21:00", "", "11-26 19:00–11-26 21:00"),
        ("26-nov-26", "19.00 tot 21.30 uur", "", "11-26 19:00–11-26 21:30"),
        ("46352", "0.791666666666667", "0.875", "11-26 19:00–11-26 21:00"),
        ("26-11-2026", "22:00", "01:00", "11-26 22:00–11-27 01:00"),
        ("26-11-2026", "20:00", "24:00", "11-26 20:00–11-27 00:00"),
        ("26-11-2026", "", "", "11-26 00:00–11-27 00:00"),
        ("26-11-2026", "hele dag", "", "11-26 00:00–11-27 00:00"),
    ],
)
def test_days_and_times_are_read_as_people_write_them(day, start, end, told):
    row = one(day, start, end, "Zaal", "Koor", "Zang")

    assert (shown(row), row.doubts) == (told, ())
    assert row.is_all_day is (start in {"", "hele dag"})


def test_a_row_comes_with_its_words_and_a_key_that_stays():
    row = one("26-11-2026", "19:00", "21:00", "Grote zaal", "De Merels", "Zang")

    assert row.starts_at == datetime(2026, 11, 26, 18, tzinfo=UTC)
    assert (row.line, row.place, row.group, row.title) == (2, "Grote zaal", "De Merels", "Zang")
    assert row.key == one("26/11/2026", "19.00", "22.00", "grote  zaal", "X", "zang").key
    assert row.key != one("26-11-2026", "20:00", "21:00", "Grote zaal", "De Merels", "Zang").key


def test_a_number_of_its_own_is_the_key_whatever_changes():
    text = "Nummer;Datum;Begin;Eind\n12;{};19:00;21:00\n"

    keys = {read(text.format(day)).found[0].key for day in ("26-11-2026", "27-11-2026")}

    assert keys == {"id:12"}


def test_a_number_of_people_and_a_status_are_understood_or_doubted():
    found = read(
        "Datum;Begin;Eind;Aantal;Status\n"
        "26-11-2026;19:00;20:00;ca. 25 pers;Optie\n"
        "27-11-2026;19:00;20:00;veel;Geannuleerd\n"
    ).found

    assert [(row.people, row.status) for row in found] == [
        (25, EntryStatus.TENTATIVE),
        (None, EntryStatus.CANCELLED),
    ]
    assert [row.doubts for row in found] == [(), (Doubt.of(Why.NUMBER, text="veel"),)]


@pytest.mark.parametrize(
    ("days", "starts", "doubts"),
    [
        (["03/04/2026", "13/04/2026"], ["04-03", "04-13"], [[], []]),
        (["03/04/2026", "04/13/2026"], ["03-04", "04-13"], [[], []]),
        (["03/04/2026", "05/04/2026"], ["04-03", "04-05"], [[Why.DAY_OR_MONTH]] * 2),
        (["03-04-2026", "05-04-2026"], ["04-03", "04-05"], [[], []]),
    ],
    ids=["day first", "month first", "nobody knows", "Dutch dashes"],
)
def test_the_whole_column_says_whether_the_month_comes_first(days, starts, doubts):
    found = read(WORDS + "".join(f"{day};19:00;20:00;Z;G;A\n" for day in days)).found

    assert [shown(row)[:5] for row in found] == starts
    assert [whys(row) for row in found] == doubts


def test_a_day_that_stands_in_the_row_above_is_doubted():
    found = read(WORDS + "26-11-2026;19:00;20:00;A;;\n;20:00;21:00;A;;\n").found

    assert shown(found[1]) == "11-26 20:00–11-26 21:00"
    assert found[1].doubts == (Doubt.of(Why.DAY_ABOVE, day="2026-11-26"),)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("26-11-2026", "19:00", ""), Why.NO_END),
        (("26-11-2026", "19:00", "18:00"), Why.END_BEFORE_START),
        (("29-03-2026", "02:30", "04:00"), Why.MISSING_HOUR),
        (("25-10-2026", "02:30", "04:00"), Why.COMES_TWICE),
    ],
)
def test_what_is_not_sure_in_a_list_is_doubted(cells, why):
    row = one(*cells, "Zaal", "Koor", "Zang")

    assert whys(row) == [why]
    assert row.ends_at >= row.starts_at


def test_two_rows_that_say_the_same_have_two_keys_and_a_doubt():
    found = read(WORDS + "26-11-2026;19:00;20:00;A;G;T\n" * 2).found

    assert len({row.key for row in found}) == 2
    assert whys(found[1]) == [Why.TWICE]


def test_rows_that_cannot_be_read_are_left_out_with_their_line_and_the_rest_survives():
    said = read(
        WORDS + "elke dinsdag;19:00;20:00;A;G;T\n31-02-2026;19:00;20:00;A;G;T\n"
        "26-11-2026;straks;20:00;A;G;T\n26-11-2026;19:00;20:00;A;G;T\n"
    )

    assert [(each.line, each.code, dict(each.facts)["text"]) for each in said.left_out] == [
        (2, Why.NO_SUCH_DAY, "elke dinsdag"),
        (3, Why.NO_SUCH_DAY, "31-02-2026"),
        (4, Why.NO_SUCH_CLOCK, "straks"),
    ]
    assert [row.line for row in said.found] == [5]


def test_a_story_is_no_day_no_time_and_no_number():
    story = "a" * 900
    said = read(
        "Datum;Begin;Eind;Aantal\n"
        f"{story} 26-11-2026;19:00;20:00;1\n26-11-2026;{story}9;20:00;1\n"
        f"26-11-2026;19:00;20:00;25 {story}\n26-11-2026;19:00;20:00;25\n"
    )

    assert [each.code for each in said.left_out] == [Why.NO_SUCH_DAY, Why.NO_SUCH_CLOCK]
    assert [row.people for row in said.found] == [None, 25]


def test_how_long_it_lasts_may_stand_in_place_of_an_end():
    text = "Datum;Begin;Duur\n" + "".join(
        f"26-11-2026;19:00;{length}\n" for length in ("90", "1:30", "1,5 uur", "90 min", "1.5")
    )

    assert {row.ends_at for row in read(text).found} == {datetime(2026, 11, 26, 19, 30, tzinfo=UTC)}


def test_whole_days_as_outlook_lists_them():
    (row,) = read(
        '"Subject","Start Date","Start Time","End Date","End Time"\n'
        '"Schoonmaak","11/26/2026","12:00:00 AM","11/28/2026","12:00:00 AM"\n'
    ).found

    assert (shown(row), row.is_all_day) == ("11-26 00:00–11-28 00:00", True)


def test_columns_that_are_not_there_or_say_nothing_do_no_harm():
    table = Table(("a", "b"), (("26-11-2026", "19:00"), ("", "")))

    said = rows_of(table, Columns(day=0, start=1, title=9), AMSTERDAM)

    assert [row.title for row in said.found] == [""]
