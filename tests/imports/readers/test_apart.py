"""Files that attack are refused, and cost no more than a reader apart may spend."""

import json
import logging

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from buurthuis.imports.readers import apart, carrying
from buurthuis.imports.readers.columns import guess_columns
from buurthuis.imports.readers.list_rows import rows_of
from buurthuis.imports.readers.refusals import CannotBeRead
from buurthuis.imports.readers.rows import Columns, Unreadable, Why
from buurthuis.imports.readers.tables import read_table, table_of
from tests.imports.readers.calendar_files import AMSTERDAM, YEAR, calendar, event, reading, whys
from tests.imports.readers.list_files import SHEET, SHEET_END, SHEET_OPENING, spreadsheet, with_part

START = "DTSTART:20260105T190000Z"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'lol'>{}]>".format(
    "".join(f"<!ENTITY {name} '{f'&{chr(ord(name) - 1)};' * 10}'>" for name in "bcdefghij")
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY j SYSTEM 'file:///etc/hostname'>]>"
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'


def asked(given: bytes):
    return apart.read_calendar(given, period=YEAR, zone=AMSTERDAM)


def test_what_is_read_apart_is_what_is_read_here():
    series = event(START, "DURATION:PT2H", "RRULE:FREQ=WEEKLY", uid="weekly")
    given = calendar(series, event("DTSTART:soon", uid="odd"), event("DTSTART:20260701T200000"))
    sheet = spreadsheet(["Datum", "Zaal"], ["26-11-2026", "Café"])

    assert asked(given) == reading(given)
    assert apart.read_table(sheet, "a.xlsx") == read_table(sheet, "a.xlsx")


@pytest.mark.parametrize(
    ("lines", "count", "whys_left"),
    [
        (("RRULE:FREQ=SECONDLY;COUNT=100000",), 0, {Why.RULE_TOO_LARGE}),
        (("RRULE:FREQ=DAILY;COUNT=100000",), 361, set()),
        (("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",), 0, {Why.NO_SUCH_RULE}),
        (("RRULE:FREQ=YEARLY;BYDAY=MO;BYHOUR=" + ",".join(map(str, range(24)))
            + ";BYMINUTE=" + ",".join(map(str, range(60))),), 0, {Why.RULE_TOO_LARGE}),
        (("RRULE:FREQ=DAILY;BYSETPOS=" + ",".join(map(str, range(1, 100))),), 0,
            {Why.NO_SUCH_RULE}),
        (("RRULE:FREQ=DAILY;" + "X=1;" * 100_000,), 0, {Why.RULE_TOO_LARGE}),
        (("EXDATE:" + ",".join(["20260106T190000Z"] * 50_000),), 0, {Why.RULE_TOO_LARGE}),
        (("DURATION:P99999999999W",), 0, {Why.NO_SUCH_DAY}),
        (("SEQUENCE:" + "9" * 10_000, "DURATION:PT1H"), 1, set()),
        (("X-A" + ";A=B" * 50_000 + ":c", "DURATION:PT1H"), 1, set()),
        (("BEGIN:VALARM\r\n" * 5).splitlines(), 1, set()),
    ],
    ids="secondly count never times places parts dates length sequence names alarms".split(),  # noqa: SIM905
)  # fmt: skip
def test_an_event_that_asks_too_much_costs_only_itself(lines, count, whys_left):
    read = reading(calendar(event(START, *lines, uid="attack"), event()))

    assert len(read.found) == count + 1
    assert {each.code for each in read.left_out} == whys_left


@pytest.mark.parametrize("name", ["Hier", ""])
def test_a_zone_that_asks_too_much_is_not_followed(name):
    endless = f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n"
    for part, offsets in (("STANDARD", (200, 100)), ("DAYLIGHT", (100, 200))):
        endless += (
            f"BEGIN:{part}\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
            "TZOFFSETFROM:+0{}\r\nTZOFFSETTO:+0{}\r\n".format(*offsets)
            + f"END:{part}\r\n"
        )
    endless += "END:VTIMEZONE\r\n"

    (row,) = reading(
        calendar(event(f"DTSTART;TZID={name}:20260701T200000", "DURATION:PT1H"), opening=endless)
    ).found

    assert whys(row)[0] == Why.UNKNOWN_ZONE


@pytest.mark.parametrize("name", ["Europe", "../../etc/hostname", "A" * 5_000])
def test_a_name_that_is_no_zone_costs_only_its_event(name):
    odd = event(f"DTSTART;TZID={name}:20260701T200000", "DURATION:PT1H", uid="odd")

    (doubtful, sure) = reading(calendar(odd, event())).found

    assert whys(doubtful)[0] == Why.UNKNOWN_ZONE
    assert sure.doubts == ()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (calendar("BEGIN:VEVENT\r\n" * 10_001), "too-many-events"),
        (calendar("BEGIN:VALARM\r\n" * 100), "too-deep"),
        (calendar("A:\r\n" * 400_001), "too-many-lines"),
        (calendar("SUMMARY:" + "x" * 10_000_000), "too-large"),
        (
            calendar(*(event(START, "RRULE:FREQ=DAILY", uid=str(at)) for at in range(60))),
            "too-many-rows",
        ),
    ],
    ids=["events", "nested", "lines", "bytes", "rows"],
)
def test_a_calendar_with_too_much_in_it_is_refused(given, code):
    with pytest.raises(Unreadable) as refused:
        reading(given)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("part", "words", "code"),
    [
        (SHEET, SHEET_OPENING.replace("?>", f"?>{LAUGHS}", 1) + CELL + SHEET_END, "attacks"),
        (SHEET, SHEET_OPENING.replace("?>", f"?>{OUTSIDE}", 1) + CELL + SHEET_END, "attacks"),
        ("xl/workbook.xml", f"{LAUGHS}<workbook>&j;</workbook>", "attacks"),
        (SHEET, SHEET_OPENING + " " * 41_000_000 + SHEET_END, "unpacks-to-too-much"),
        (SHEET, SHEET_OPENING + "<row/>" * 1_000_000 + SHEET_END, "unpacks-to-too-much"),
        ("xl/styles.xml", "<xf/>" * 1_100_000, "unpacks-to-too-much"),
    ],
    ids=["laughs", "outside", "workbook", "bomb", "rows", "styles"],
)
def test_a_spreadsheet_that_attacks_is_refused(part, words, code):
    with pytest.raises(Unreadable) as refused:
        read_table(with_part(spreadsheet(["a", "b"]), part, words), "a.xlsx")

    assert refused.value.code == code


def test_whatever_goes_on_too_long_is_ended(monkeypatch):
    """Rules by the year that never come true: each takes a little, together they take ages."""
    never = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=1,2,3;BYMINUTE=1,2,3"
    monkeypatch.setattr(apart, "PROCESSOR_SECONDS", 1)

    with pytest.raises(CannotBeRead) as refused:
        asked(calendar(*(event(START, never, uid=str(at)) for at in range(2_000))))

    assert refused.value.facts["why"] == "asks-too-much"


def test_whatever_takes_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr(apart, "MEMORY_BYTES", 100 << 20)

    with pytest.raises(CannotBeRead) as refused:
        apart.read_table(b"a;b" * 3_000_000, "a.csv")

    assert refused.value.facts["why"] == "asks-too-much"


def test_who_waits_too_long_does_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr(apart, "WALL_SECONDS", 0.01)

    with pytest.raises(CannotBeRead) as refused:
        asked(calendar(event()))

    assert refused.value.facts["why"] == "asks-too-much"


def test_a_refusal_apart_is_a_refusal_here_with_its_facts():
    with pytest.raises(CannotBeRead) as refused:
        apart.read_table(b"a;b\n" * 10_002, "a.csv")

    assert refused.value.facts == {"why": "too-many-rows", "most": 10_000}


def test_a_file_too_large_is_not_even_handed_over(monkeypatch):
    monkeypatch.setattr(apart, "MOST_BYTES", 10)

    with pytest.raises(CannotBeRead):
        asked(calendar(event()))


def test_a_reader_that_breaks_tells_the_log_where_and_nothing_of_the_file(caplog):
    with caplog.at_level(logging.WARNING), pytest.raises(CannotBeRead) as refused:
        apart.read_calendar(calendar(event()), period=YEAR, zone=FakeZone())

    assert refused.value.facts == {"why": "not-readable"}
    assert "ZoneInfoNotFoundError" in caplog.text
    assert "Secret" not in caplog.text


class FakeZone:
    """The clock of a house in a place that is in no list."""

    key = "Secret/Zone"


def test_the_reader_apart_is_told_no_secrets(monkeypatch):
    monkeypatch.setenv("BUURTHUIS_SECRET_KEY", "of the house alone")

    assert not any(name.startswith("BUURTHUIS") for name in apart.surroundings())


NAMES = (
    "DTSTART DTEND DURATION RRULE EXDATE RDATE RECURRENCE-ID SEQUENCE UID TZID X-OWN"
    " BEGIN END ATTENDEE CATEGORIES GEO DTSTAMP ATTACH REQUEST-STATUS"
)
PARAMETERS = (
    " ;TZID=Europe/Amsterdam ;TZID=Mars ;TZID= ;VALUE=DATE ;VALUE=PERIOD ;VALUE=BINARY ;"
    ' ;CN="a:b" ;X=" ;RANGE=THISANDFUTURE'
)
VALUES = (
    "20260701T100000Z 20260701 20260701T100000 PT1H -P1D 20260701T100000Z/PT1H 20261301T000000"
    " 20260701T100000Z,20260708T100000Z VEVENT VALARM VTIMEZONE STANDARD 1;2 = FREQ=DAILY"
    " FREQ=WEEKLY;BYDAY=MO;COUNT=3 FREQ=WEEKLY;UNTIL=20260801 FREQ=DAILY;UNTIL=99999999"
    " FREQ=MONTHLY;BYDAY=6MO FREQ=YEARLY;BYWEEKNO=99"
)
NOISE = st.text(max_size=20)
LINES = st.builds(
    "{}{}:{}".format,
    st.sampled_from(NAMES.split()),
    st.sampled_from(PARAMETERS.split(" ")),
    st.sampled_from(VALUES.split()) | NOISE,
)


@settings(max_examples=60)
@for_all(st.lists(LINES | LINES | LINES | NOISE, max_size=10))
def test_whatever_stands_in_an_event_costs_only_itself(lines):
    body = "\r\n".join(line.replace("\n", " ").replace("\r", " ") for line in lines)

    read = reading(calendar(event(START, body, uid="odd"), event(uid="last")))

    assert [row.doubts for row in read.found if row.key == "last"] == [()]
    assert all(row.starts_at <= row.ends_at for row in read.found)
    assert len({row.key for row in read.found}) == len(read.found)
    assert carrying.reading_from(json.loads(json.dumps(carrying.told_reading(read)))) == read


CELLS = st.one_of(
    NOISE,
    st.sampled_from(["26-11-2026", "26/11/26", "19:00", "20.30 uur", "90", "1e999", "٣", "²", ""]),
)


@settings(max_examples=100)
@for_all(
    st.lists(st.lists(CELLS, min_size=3, max_size=5), min_size=1, max_size=8),
    st.lists(st.none() | st.integers(0, 4), min_size=13, max_size=13),
)
def test_whatever_stands_in_a_list_is_read_or_left_out(rows, chosen):
    table = table_of([["Datum", "Begin", "Eind"], *rows])
    guessed = guess_columns(table.header, table.rows)

    for columns in (guessed, Columns(*chosen)):
        read = rows_of(table, columns, AMSTERDAM)
        assert all(row.starts_at <= row.ends_at for row in read.found)
        assert len({row.key for row in read.found}) == len(read.found)
    assert carrying.columns_from(json.loads(json.dumps(carrying.told_columns(guessed)))) == guessed
