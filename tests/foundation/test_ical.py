"""Calendar files say the same to every reader, whatever somebody typed and whatever the clock does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from buurthuis.foundation import ical, ical_event
from buurthuis.foundation.ical_event import Event
from buurthuis.rules.calendar import moment, moment_forgiving
from tests.foundation.ics_reader import read, read_name

A_MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

EVENT = Event(
    uid="7@buurthuis",
    sequence=3,
    starts_at=datetime(2026, 7, 3, 17, 0, tzinfo=UTC),
    ends_at=datetime(2026, 7, 3, 20, 0, tzinfo=UTC),
    summary="Repair café",
    location="Lesruimte 1, De Meevaart",
    description="Repair Café Oost",
    url="https://buurthuis.example/me/bookings/7",
    changed_at=A_MOMENT,
    created_at=A_MOMENT - timedelta(days=3),
)

SUNDAY_IN_MARCH = date(2026, 3, 29)
SUNDAY_IN_OCTOBER = date(2026, 10, 25)


def written(*events: Event) -> bytes:
    return ical.calendar_bytes(events, name="De Meevaart")


def test_an_event_is_written_as_it_was_agreed() -> None:
    assert written(EVENT).decode().partition("BEGIN:VEVENT")[2].splitlines() == [
        "",
        "UID:7@buurthuis",
        "SEQUENCE:3",
        "DTSTAMP:20260302T080000Z",
        "CREATED:20260227T080000Z",
        "LAST-MODIFIED:20260302T080000Z",
        "DTSTART;TZID=Europe/Amsterdam:20260703T190000",
        "DTEND;TZID=Europe/Amsterdam:20260703T220000",
        "SUMMARY:Repair café",
        "LOCATION:Lesruimte 1\\, De Meevaart",
        "DESCRIPTION:Repair Café Oost",
        "URL:https://buurthuis.example/me/bookings/7",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "CLASS:PUBLIC",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_feed_says_its_name_and_how_often_to_look_again() -> None:
    opening = written().decode().splitlines()

    assert opening[:8] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//buurthuis//calendar//NL",
        "CALSCALE:GREGORIAN",
        "NAME:De Meevaart",
        "X-WR-CALNAME:De Meevaart",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]


def test_the_time_zone_is_two_yearly_rules_and_no_list_of_dates() -> None:
    text = written(EVENT)

    assert text.count(b"BEGIN:VTIMEZONE") == 1
    assert text.count(b"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU") == 1
    assert text.count(b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU") == 1
    assert b"RDATE" not in text


def test_the_same_events_are_the_same_bytes() -> None:
    assert written(EVENT, replace(EVENT, uid="8")) == written(EVENT, replace(EVENT, uid="8"))


def test_a_letter_says_what_to_do_with_its_event() -> None:
    text = ical.calendar_bytes(
        [
            replace(
                EVENT,
                status="CANCELLED",
                is_busy=False,
                organiser="huis@buurthuis.example",
                organiser_name='Huis "de Hoek"; 1\r\nATTENDEE:x',
                sent_by="post@buurthuis.example",
                attendee="bram@people.example",
            )
        ],
        name="De Meevaart",
        method="CANCEL",
    )

    [event] = Calendar.from_ical(text).events
    assert Calendar.from_ical(text)["METHOD"] == "CANCEL"
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert event["ORGANIZER"] == "mailto:huis@buurthuis.example"
    assert event["ORGANIZER"].params["CN"] == "Huis 'de Hoek'; 1 ATTENDEE:x"
    assert event["ORGANIZER"].params["SENT-BY"] == "mailto:post@buurthuis.example"
    assert event["ATTENDEE"] == "mailto:bram@people.example"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert b"X-WR-CALNAME" not in text


@pytest.mark.parametrize(
    ("day", "hour", "as_written"),
    [
        (date(2026, 3, 28), 19, "DTSTART;TZID=Europe/Amsterdam:20260328T190000"),
        (date(2026, 3, 29), 19, "DTSTART;TZID=Europe/Amsterdam:20260329T190000"),
        (date(2026, 10, 24), 19, "DTSTART;TZID=Europe/Amsterdam:20261024T190000"),
        (date(2026, 10, 25), 19, "DTSTART;TZID=Europe/Amsterdam:20261025T190000"),
    ],
)
def test_seven_in_the_evening_stays_so_across_both_clock_changes(
    day: date, hour: int, as_written: str
) -> None:
    start = moment(day, hour * 60)
    text = written(replace(EVENT, starts_at=start, ends_at=start + timedelta(hours=3)))

    assert as_written in text.decode().splitlines()
    assert read(text)[0].starts_at == start


@pytest.mark.parametrize("minutes_in", [0, 30, 59, 60, 90, 119])
def test_a_time_the_clock_shows_twice_goes_out_in_utc(minutes_in: int) -> None:
    start = datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=minutes_in)
    text = written(replace(EVENT, starts_at=start, ends_at=start + timedelta(hours=8)))

    assert f"DTSTART:{start:%Y%m%dT%H%M%SZ}" in text.decode().splitlines()
    assert b"DTEND:20261025T" in text
    assert read(text)[0].starts_at == start


def test_an_event_that_ends_in_the_repeated_hour_goes_out_in_utc() -> None:
    end = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    text = written(replace(EVENT, starts_at=end - timedelta(hours=4), ends_at=end))

    assert b"DTSTART:20261024T213000Z" in text
    assert b"DTEND:20261025T013000Z" in text


def test_an_event_around_the_missing_hour_keeps_its_clock_times() -> None:
    start, end = moment(SUNDAY_IN_MARCH, 90), moment_forgiving(SUNDAY_IN_MARCH, 150)
    text = written(replace(EVENT, starts_at=start, ends_at=end))

    assert b"DTSTART;TZID=Europe/Amsterdam:20260329T013000" in text
    assert b"DTEND;TZID=Europe/Amsterdam:20260329T030000" in text
    assert read(text)[0].ends_at - read(text)[0].starts_at == timedelta(minutes=30)


moments = st.datetimes(
    datetime(1996, 1, 2),  # noqa: DTZ001
    datetime(2099, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda found: found.replace(microsecond=0, second=0))


@given(start=moments, minutes=st.integers(1, 24 * 60))
def test_two_readers_see_the_same_moments(start: datetime, minutes: int) -> None:
    end = start + timedelta(minutes=minutes)
    text = written(replace(EVENT, starts_at=start, ends_at=end))

    [ours] = read(text)
    [theirs] = Calendar.from_ical(text).events
    assert (ours.starts_at, ours.ends_at) == (start, end)
    assert (theirs.start.astimezone(UTC), theirs.end.astimezone(UTC)) == (start, end)


HOSTILE = (
    "Feest\r\nBEGIN:VEVENT\r\nSUMMARY:Dirk",
    "Feest\rATTENDEE:mailto:dirk@people.example",
    "Feest\u2028ATTENDEE:x\u2029\x85\x0b\x0c\x1c",
    "\u202etseef\u202c\ufeff\u200b",
    "Communicatie\\Netwerk \\n \\N \\\\n \\; \\,",
    "a;b,c:d\"e'f|g%2Ch%3A",
    "\x00\x01\x1f\x7f\x80\x9f",
    "half \ud83d of a face \udc00",
    "X-WR-CALNAME:\x85X-APPLE:\u2029END:VCALENDAR",
    "a" * 73 + "👩" * 40,
    "👩\u200d👩\u200d👧 مرحبا é e\u0301",
    " \t ",
    "",
    "é" * 10_000,
    "\\" * 200,
)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_reads_back_as_its_clean_self(title: str) -> None:
    check_that_it_reads_back(title)


any_letter = st.characters(exclude_categories=())


@given(
    title=st.text(any_letter, max_size=300)
    | st.text("\\nN;,:\r\n\u2028\x85\x00\ud800\" '^%é👧", max_size=150)
)
def test_whatever_is_typed_reads_back_as_its_clean_self(title: str) -> None:
    check_that_it_reads_back(title)


def check_that_it_reads_back(typed: str) -> None:
    text = ical.calendar_bytes(
        [replace(EVENT, summary=typed, location=typed, description=typed)], name=typed
    )

    line, paragraphs = ical_event.clean_line(typed), ical_event.clean_text(typed)
    [ours] = read(text)
    [theirs] = Calendar.from_ical(text).events
    for words in (ours.properties, theirs):
        assert words["SUMMARY"] == (line or "Zonder titel")
        assert words.get("LOCATION", "") == line
        assert words.get("DESCRIPTION", "") == paragraphs
    assert read_name(text) == (line or "Zonder titel")
    assert set(theirs) == set(ours.properties)


@given(words=st.text(any_letter, max_size=120), name=st.text(any_letter, max_size=80))
def test_no_word_becomes_a_line_of_its_own(words: str, name: str) -> None:
    told = replace(
        EVENT,
        uid="7" + words,
        url="https://a.example/" + words,
        image="https://b.example/" + words,
        organiser="a@b.example" + words,
        organiser_name=name,
        attendee="c@d.example" + words,
        sent_by="e@f.example" + words,
    )
    text = ical.calendar_bytes([told], name=name, method="REQUEST")

    [plain] = read(
        ical.calendar_bytes([replace(EVENT, image="i", organiser="o", attendee="a")], name="N")
    )
    [ours], [theirs] = read(text), Calendar.from_ical(text).events
    assert set(ours.properties) == set(plain.properties) == set(theirs)
    assert ours.properties["UID"] == theirs["UID"] == ical_event.clean_line(told.uid)
    assert theirs["ATTENDEE"].params["RSVP"] == "FALSE"


@given(title=st.text("aé€👩 ", max_size=400))
def test_no_letter_is_cut_in_two_where_a_line_is_folded(title: str) -> None:
    for line in written(replace(EVENT, summary=title, description=title)).split(b"\r\n"):
        line.decode()


def test_a_title_is_never_empty() -> None:
    assert read(written(replace(EVENT, summary="\u202e\x00 ")))[0].properties["SUMMARY"]


def test_a_state_nobody_knows_is_not_written() -> None:
    with pytest.raises(ValueError, match="SOMETHING"):
        written(replace(EVENT, status="SOMETHING"))


@given(title=st.text(max_size=60), other=st.emails())
def test_what_is_written_later_is_the_same_file(title: str, other: str) -> None:
    events = [replace(EVENT, summary=title), replace(EVENT, organiser=other, is_private=True)]
    told = ical.to_write(events, name=title, method="PUBLISH")
    file = ical.calendar_bytes(events, name=title, method="PUBLISH").decode()

    assert ical.as_written(told) == file
    assert ical.as_written(file) == file
    assert "SENT-BY" not in ical.as_written(told, sent_by=other)
    assert 'SENT-BY="mailto:' in ical.as_written(told, sent_by="post@buurthuis.example")
