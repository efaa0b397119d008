"""Calendars of others are read by two readers, and nothing is guessed."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from buurthuis.imports.readers import calendars
from buurthuis.imports.readers.parcels import is_calendar
from buurthuis.imports.readers.rows import Doubt, EntryStatus, Unreadable, Why
from buurthuis.rules.periods import Period
from tests.imports.readers.calendar_files import calendar, event, reading, rows, shown, whys
from tests.imports.readers.list_files import spreadsheet

WINDOWS = """BEGIN:VTIMEZONE\r
TZID:{name}\r
BEGIN:STANDARD\r
DTSTART:16010101T030000\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE\r
"""


def test_an_evening_comes_with_its_words():
    (row,) = rows(
        event(
            "LOCATION:Grote zaal\\, eerste verdieping",
            'ORGANIZER;CN="Buurtkoor; de Merels":mailto:koor@example.org',
            "CATEGORIES:Muziek\\, zang,Vast",
            "DESCRIPTION:<p>Neem <b>thee</b> mee.</p>",
            "STATUS:TENTATIVE",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
        )
    )

    assert (row.line, row.key, row.series) == (1, "choir@example.org", "")
    assert row.starts_at == datetime(2026, 11, 26, 19, tzinfo=UTC)
    assert row.ends_at == datetime(2026, 11, 26, 21, tzinfo=UTC)
    assert (row.title, row.place) == ("Koor", "Grote zaal, eerste verdieping")
    assert (row.group, row.kind) == ("Buurtkoor; de Merels", "Muziek, zang")
    assert row.remark.strip() == "Neem thee mee."
    assert (row.status, row.is_private, row.is_busy) == (EntryStatus.TENTATIVE, True, False)
    assert row.doubts == ()


def test_an_address_is_no_name_of_a_group():
    (row,) = rows(event("ORGANIZER;CN=bram@example.org:mailto:bram@example.org"))

    assert row.group == ""


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (";TZID=Europe/Amsterdam:20260701T200000", "07-01 20:00–07-01 22:00"),
        (";TZID=/freeassociation.sourceforge.net/Europe/Amsterdam:20260701T200000", "07-01 20:00"),
        (";TZID=W. Europe Standard Time:20260701T200000", "07-01 20:00–07-01 22:00"),
        (";TZID=Romance Standard Time:20261201T200000", "12-01 20:00–12-01 22:00"),
        (";TZID=GMT Standard Time:20260701T200000", "07-01 21:00–07-01 23:00"),
        (';TZID="tzone://Microsoft/Utc":20260701T200000', "07-01 22:00–07-02 00:00"),
        (":20260701T180000Z", "07-01 20:00–07-01 22:00"),
    ],
)
def test_every_name_of_a_zone_is_understood(start, told):
    (row,) = rows(event(f"DTSTART{start}", "DURATION:PT2H"))

    assert shown(row).startswith(told)
    if "tzone" not in start:  # A name that the libraries do not know: one answer is no agreement.
        assert row.doubts == ()


def test_a_zone_that_the_file_explains_is_followed_through_both_clock_changes():
    series = event(
        "DTSTART;TZID=Ons huis:20260331T190000",
        "DTEND;TZID=Ons huis:20260331T210000",
        "RRULE:FREQ=MONTHLY;BYDAY=-1TU",
    )

    found = rows(series, opening=WINDOWS.format(name="Ons huis"))

    assert [shown(row)[6:11] for row in found] == ["19:00"] * 10
    assert {each for row in found for each in row.doubts} == set()


def test_a_zone_that_nobody_knows_is_read_on_the_clock_of_the_house_and_doubted():
    (row,) = rows(event("DTSTART;TZID=Mars/Olympus:20260701T200000", "DURATION:PT1H"))

    assert shown(row) == "07-01 20:00–07-01 21:00"
    assert row.doubts[0] == Doubt.of(
        Why.UNKNOWN_ZONE, zone="Mars/Olympus", read_as="Europe/Amsterdam"
    )


def test_a_name_that_looks_like_a_zone_is_doubted():
    name = "(UTC+01:00) Amsterdam, Berlin, Bern"
    (row,) = rows(event(f'DTSTART;TZID="{name}":20260701T200000', "DURATION:PT1H"))

    assert shown(row) == "07-01 20:00–07-01 21:00"
    assert Doubt.of(Why.GUESSED_ZONE, zone=name, read_as="Europe/Amsterdam") in row.doubts


def test_a_time_without_a_zone_is_read_here_and_doubted_unless_the_calendar_has_one():
    floating = event("DTSTART:20260701T200000", "DURATION:PT1H")
    (here,) = rows(floating)
    (abroad,) = rows(floating, opening="X-WR-TIMEZONE:Europe/London\r\n")

    assert (shown(here), whys(here)) == ("07-01 20:00–07-01 21:00", [Why.FLOATING])
    assert (shown(abroad), whys(abroad)) == ("07-01 21:00–07-01 22:00", [])


def test_whole_days_are_days_on_the_clock_of_the_house():
    (days,) = rows(event("DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330"))
    (one,) = rows(event("DTSTART;VALUE=DATE:20260328"))
    (same,) = rows(event("DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260328"))

    (outlook,) = rows(
        event(
            "DTSTART;TZID=W. Europe Standard Time:20260328T000000",
            "DTEND;TZID=W. Europe Standard Time:20260329T000000",
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        )
    )

    assert days.is_all_day
    assert (outlook.is_all_day, shown(outlook)) == (True, "03-28 00:00–03-29 00:00")
    assert outlook.doubts == ()
    assert shown(days) == "03-28 00:00–03-30 00:00"
    assert shown(one) == shown(same) == "03-28 00:00–03-29 00:00"
    assert days.doubts == one.doubts == same.doubts == ()


def test_a_series_is_told_time_by_time_with_keys_that_stay():
    found = rows(
        event(
            "DTSTART;TZID=Europe/Amsterdam:20261021T190000",
            "DTEND;TZID=Europe/Amsterdam:20261021T210000",
            "RRULE:FREQ=WEEKLY;UNTIL=20261111",
            "EXDATE;TZID=Europe/Amsterdam:20261104T190000",
            "RDATE;TZID=Europe/Amsterdam:20261106T140000",
        )
    )

    assert [shown(row) for row in found] == [
        "10-21 19:00–10-21 21:00",
        "10-28 19:00–10-28 21:00",
        "11-06 14:00–11-06 16:00",
        "11-11 19:00–11-11 21:00",
    ]
    assert found[1].key == "choir@example.org/20261028T180000Z"
    assert {row.series for row in found} == {"choir@example.org"}
    # A day as the end of a series in the evening: the readers differ, so a person decides.
    assert [whys(row) for row in found] == [[], [], [], [Why.READERS_DISAGREE]]


SERIES = (
    "DTSTART;TZID=Europe/Amsterdam:20261102T190000",
    "DTEND;TZID=Europe/Amsterdam:20261102T210000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
)


def test_one_time_of_a_series_is_moved_and_another_cancelled():
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261109T190000",
        "DTSTART;TZID=Europe/Amsterdam:20261110T200000",
        "DURATION:PT1H",
        "SUMMARY:Koor op dinsdag",
    ).replace("SUMMARY:Koor\r\n", "")
    gone = event(
        "RECURRENCE-ID:20261116T180000Z",
        "DTSTART:20261116T180000Z",
        "DURATION:PT2H",
        "STATUS:CANCELLED",
    )

    found = sorted(rows(event(*SERIES), moved, gone), key=lambda row: row.key)

    assert [shown(row) for row in found] == [
        "11-02 19:00–11-02 21:00",
        "11-10 20:00–11-10 21:00",
        "11-16 19:00–11-16 21:00",
        "11-23 19:00–11-23 21:00",
    ]
    assert found[1].key == "choir@example.org/20261109T180000Z"
    assert [row.title for row in found][:2] == ["Koor", "Koor op dinsdag"]
    assert found[2].status == EntryStatus.CANCELLED
    assert {each for row in found for each in row.doubts} == set()


def test_a_change_from_some_time_on_moves_all_that_follow():
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20261116T190000",
        "DTSTART;TZID=Europe/Amsterdam:20261116T200000",
        "DTEND;TZID=Europe/Amsterdam:20261116T203000",
    )

    found = sorted(rows(event(*SERIES), later), key=lambda row: row.starts_at)

    assert [shown(row)[6:] for row in found] == [
        "19:00–11-02 21:00",
        "19:00–11-09 21:00",
        "20:00–11-16 20:30",
        "20:00–11-23 20:30",
    ]
    assert {each for row in found for each in row.doubts} == set()


def test_of_two_editions_the_newer_counts_and_the_older_is_named():
    old = event("SEQUENCE:1", "DTSTART:20260701T100000Z", "DURATION:PT1H")
    new = event("SEQUENCE:2", "DTSTART:20260701T120000Z", "DURATION:PT1H")

    read = reading(calendar(old, new))

    assert [(row.line, shown(row)) for row in read.found] == [(2, "07-01 14:00–07-01 15:00")]
    assert [(each.line, each.code, each.facts) for each in read.left_out] == [
        (1, Why.OLDER, (("newer", 2),))
    ]


def test_two_of_one_name_that_differ_are_both_shown_and_doubted():
    found = rows(event("DTSTART:20260701T100000Z"), event("DTSTART:20260708T100000Z"))

    assert len({row.key for row in found}) == 2
    assert all(Why.TWICE in whys(row) for row in found)


def test_two_calendars_in_one_file_have_their_own_zones():
    floating = event("DTSTART:20260701T200000", "DURATION:PT1H", uid="one")
    other = event("DTSTART:20260701T200000", "DURATION:PT1H", uid="other")
    both = calendar(floating, opening="X-WR-TIMEZONE:Europe/London\r\n") + calendar(
        other, opening="X-WR-TIMEZONE:Europe/Amsterdam\r\n"
    )

    assert [shown(row)[6:11] for row in reading(both).found] == ["21:00", "20:00"]


def parcel(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, words in files.items():
            new.writestr(f"{name}.ics", words)
    return packed.getvalue()


def test_a_parcel_of_calendars_is_read_and_each_names_the_room_of_its_events():
    """As Google gives it out of a house that keeps a calendar for each room."""
    given = parcel(
        big=calendar(event(uid="one"), opening="X-WR-CALNAME:Grote zaal\r\n"),
        small=calendar(event("LOCATION:Keuken", uid="two"), opening="X-WR-CALNAME:Kleine zaal\r\n"),
    )

    assert is_calendar(given, "agenda.zip")
    assert [(row.key, row.place) for row in reading(given).found] == [
        ("one", "Grote zaal"),
        ("two", "Keuken"),
    ]


@pytest.mark.parametrize(
    ("given", "name", "is_one"),
    [
        (calendar(), "words.txt", True),
        (calendar().decode().encode("utf-16"), "words.txt", True),
        (b"Datum;Zaal", "list.csv", False),
        (spreadsheet(["see a.ics"]), "list.xlsx", False),
        (b"broken", "agenda.ICS", True),
    ],
    ids=["bytes", "utf-16", "list", "spreadsheet", "name"],
)
def test_a_calendar_is_known_by_its_bytes(given, name, is_one):
    assert is_calendar(given, name) is is_one


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (parcel(bomb=b" " * 10_000_001), "unpacks-to-too-much"),
        (parcel(**{f"n{at}": b"" for at in range(101)}), "unpacks-to-too-much"),
        (parcel(a=calendar())[:60] + b".ics", "not-a-calendar"),
        (parcel(a=b"nothing"), "not-a-calendar"),
    ],
    ids=["bomb", "files", "torn", "empty"],
)
def test_a_parcel_that_attacks_or_holds_nothing_is_refused(given, code):
    with pytest.raises(Unreadable) as refused:
        reading(given)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("DTSTART:20260701T100000Z",), Why.NO_END),
        (("DTSTART:20260701T100000Z", "DTEND:20260701T090000Z"), Why.END_BEFORE_START),
        (("DTSTART:20260701T100000Z", "DTEND:20260703T110000Z"), Why.LONG),
        (("DTSTART;TZID=Europe/Amsterdam:20260329T023000", "DURATION:PT1H"), Why.MISSING_HOUR),
        (("DTSTART;TZID=Europe/Amsterdam:20261025T023000", "DURATION:PT3H"), Why.COMES_TWICE),
        (("DTSTART:20260701T100000Z", "DTSTART:20260702T100000Z"), Why.DAMAGED),
        (("DTSTART:20260701T100000Z", "DURATION:PT1H", "=?!"), Why.DAMAGED),
    ],
)
def test_what_is_not_sure_is_doubted(lines, why):
    (row,) = rows(event(*lines))

    assert why in whys(row)
    assert row.ends_at >= row.starts_at


def test_where_the_readers_disagree_both_answers_are_told():
    """A zone that is explained otherwise than its name says: one goes by the name, one by the file."""
    other = WINDOWS.format(name="New Zealand Standard Time")
    (row,) = rows(
        event("DTSTART;TZID=New Zealand Standard Time:20260701T200000", "DURATION:PT1H"),
        opening=other,
    )

    assert row.doubts == (
        Doubt.of(
            Why.READERS_DISAGREE, one="01-07-2026 10:00–11:00", other="01-07-2026 20:00–21:00"
        ),
    )


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("DTSTART:soon",), Why.NO_SUCH_DAY),
        (("DTSTART:20260230T100000Z",), Why.NO_SUCH_DAY),
        (("DTSTART:99990101T100000Z",), Why.NO_SUCH_DAY),
        (("DTSTART:20260701T100000Z", "RRULE:FREQ=FORTNIGHTLY"), Why.NO_SUCH_RULE),
        (("DTSTART:20260701T100000Z", "RRULE:FREQ=DAILY;INTERVAL=0"), Why.NO_SUCH_RULE),
        (("DTSTART:20260701T100000Z", "RRULE:FREQ=DAILY;UNTIL=20261399"), Why.NO_SUCH_RULE),
        (("DTSTART:20260701T100000Z", "RRULE:FREQ=SECONDLY"), Why.RULE_TOO_LARGE),
        (("DTSTART:16000701T100000Z", "RRULE:FREQ=DAILY"), Why.RULE_TOO_LARGE),
    ],
)
def test_what_cannot_be_read_is_left_out_and_named_and_the_rest_survives(lines, why):
    read = reading(calendar(event(*lines, uid="odd"), event()))

    assert [row.key for row in read.found] == ["choir@example.org"]
    assert [(each.line, each.code) for each in read.left_out] == [(1, why)]


def test_an_event_without_a_start_is_named():
    bare = "BEGIN:VEVENT\r\nUID:bare\r\nEND:VEVENT\r\n"

    read = reading(calendar(bare, event()))

    assert [(each.line, each.code) for each in read.left_out] == [(1, Why.NO_START)]
    assert len(read.found) == 1


def test_a_file_that_ends_in_the_middle_says_so():
    given = calendar(event(uid="one"), event(uid="other"))

    read = reading(given[: given.rindex(b"DTEND")])

    assert [row.key for row in read.found] == ["one"]
    assert [each.code for each in read.left_out] == [Why.CUT_SHORT]


def test_notes_and_answers_to_others_are_counted_and_no_rows():
    note = "BEGIN:VJOURNAL\r\nUID:note\r\nDTSTART:20260701T100000Z\r\nEND:VJOURNAL\r\n"
    read = reading(calendar(note, event()) + calendar(event(uid="r"), opening="METHOD:REPLY\r\n"))

    assert len(read.found) == 1
    assert {dict(each.facts)["kind"] for each in read.left_out} == {"VJOURNAL", "REPLY"}


@pytest.mark.parametrize(
    "given",
    [
        calendar(event("LOCATION:Café Zürich")).decode().encode("cp1252"),
        calendar(event("LOCATION:Café Zürich")).decode().encode("utf-16"),
        b"\xef\xbb\xbf" + calendar(event("LOCATION:Café Zürich")),
        calendar(event("LOCATION:Café Zürich")).replace(b"Caf\xc3\xa9", b"Caf\xc3\r\n \xa9"),
        calendar(event("LOCATION:Café Zürich")).replace(b"\r\n", b"\r"),
    ],
    ids=["windows", "utf-16", "mark", "folded in a letter", "old mac"],
)
def test_letters_are_read_however_they_were_written(given):
    (row,) = reading(given).found

    assert (row.place, row.doubts) == ("Café Zürich", ())


def test_only_what_lies_in_the_period_is_told():
    july = Period(datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC))
    daily = event("DTSTART:20230101T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", uid="daily")
    crossing = event("DTSTART:20260630T220000Z", "DURATION:PT4H", uid="crossing")

    found = reading(calendar(daily, crossing, event()), july).found

    assert [row.key for row in found if row.series == ""] == ["crossing"]
    assert len(found) == 32


def test_of_very_many_events_all_in_the_period_are_still_read_twice(monkeypatch):
    """As in a file of thousands: what lies far from the period is left to one reader."""
    odd = event(
        "DTSTART;TZID=Europe/Amsterdam:20261014T190000",
        "DURATION:PT2H",
        "RRULE:FREQ=WEEKLY;UNTIL=20261104",
        uid="odd",
    )
    given = calendar(event("DTSTART:20100701T100000Z", "DURATION:PT1H", uid="far"), event(), odd)
    few = reading(given)
    monkeypatch.setattr(calendars, "MANY_EVENTS", 0)

    assert reading(given) == few
    assert [whys(row) for row in few.found] == [[], [], [], [], [Why.READERS_DISAGREE]]


@pytest.mark.parametrize("given", [b"", b"\0" * 100, b"<html>Niet gevonden</html>", b"PK\x03\x04"])
def test_what_is_no_calendar_is_refused(given):
    with pytest.raises(Unreadable) as refused:
        reading(given)

    assert refused.value.code == "not-a-calendar"
