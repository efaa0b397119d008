"""The calendar: between the clock on the wall and the moment it means."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules import calendar
from buurthuis.rules.calendar import (
    MissingHour,
    NoSuchClock,
    NoSuchDay,
    NoSuchMoment,
    NoSuchWeek,
    OffsetMissing,
)
from buurthuis.rules.periods import NaiveMoment, Period
from tests.rules.moments import AUTUMN, FRIDAY, SPRING

days = st.dates(date(1990, 1, 1), date(2190, 12, 31))


@pytest.mark.parametrize("day", [date(2026, 3, 28), SPRING, date(2026, 10, 24), AUTUMN])
def test_nineteen_hours_stays_nineteen_hours_across_both_clock_changes(day):
    evening = calendar.moment(day, 19 * 60)

    assert calendar.minute_of(evening) == 19 * 60
    assert calendar.day_of(evening) == day


def test_half_past_two_on_the_spring_sunday_is_refused():
    with pytest.raises(MissingHour) as refused:
        calendar.moment(SPRING, 150)

    assert refused.value.day == SPRING
    assert refused.value.clock == "02:30"


def test_the_missing_hour_is_found_from_the_evening_before():
    with pytest.raises(MissingHour) as refused:
        calendar.moment(date(2026, 3, 28), 26 * 60)

    assert refused.value.day == SPRING


def test_opening_hours_forgive_the_missing_hour():
    assert calendar.moment_forgiving(SPRING, 150) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert calendar.moment_forgiving(SPRING, 600) == calendar.moment(SPRING, 600)


def test_half_past_two_in_autumn_is_the_first_of_the_two():
    assert calendar.moment(AUTUMN, 150) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_evening_runs_on_past_midnight():
    assert calendar.moment(FRIDAY, 1500) == calendar.moment(date(2026, 11, 28), 60)


@given(days, st.integers(180, 1440) | st.integers(1620, 2160))
def test_a_moment_shows_the_clock_time_it_was_made_from(day, minute):
    moment = calendar.moment(day, minute)

    assert calendar.minute_of(moment) == minute % 1440
    assert calendar.day_of(moment) == day + timedelta(days=minute // 1440)


@pytest.mark.parametrize(("day", "hours"), [(FRIDAY, 24), (SPRING, 23), (AUTUMN, 25)])
def test_a_day_lasts_from_midnight_to_midnight(day, hours):
    assert calendar.day_period(day).minutes == hours * 60


def test_a_naive_moment_shows_no_clock():
    with pytest.raises(NaiveMoment):
        calendar.on_the_clock(datetime(2026, 11, 27, 10))  # noqa: DTZ001


def test_a_night_with_a_clock_change_counts_as_a_day_on_the_clock():
    evening, next_evening = (
        calendar.moment(date(2026, 3, 28), 1140),
        calendar.moment(SPRING, 1140),
    )

    assert next_evening - evening == timedelta(hours=23)
    assert calendar.clock_between(evening, next_evening) == timedelta(hours=24)


def test_clock_minutes_are_charged_and_not_elapsed_minutes():
    night = Period(calendar.moment(SPRING, 0), calendar.moment(SPRING, 240))

    assert night.minutes == 180
    assert calendar.clock_minutes(night) == 240


def test_inside_the_repeated_hour_the_minutes_that_pass_count():
    first = calendar.moment(AUTUMN, 165)

    assert calendar.clock_minutes(Period(first, first + timedelta(minutes=30))) == 30


def test_a_week_is_named_by_year_and_number():
    assert calendar.week("2026-W48") == date(2026, 11, 23)
    assert calendar.week_name(FRIDAY) == "2026-W48"
    assert calendar.week_name(date(2027, 1, 1)) == "2026-W53"


@pytest.mark.parametrize(
    "text",
    ["", "2026-48", "2026-W00", "2025-W53", "2026-W54", "9999-W52", "0000-W01", "２０２６-W48"],
)
def test_what_names_no_week_is_refused(text):
    with pytest.raises(NoSuchWeek):
        calendar.week(text)


@given(days)
def test_a_week_begins_on_its_monday(day):
    monday = calendar.week(calendar.week_name(day))

    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "minute"),
    [("19:00", 1140), ("9:05", 545), ("00:00", 0), ("24:00", 1440), (" 8:00 ", 480)],
)
def test_a_clock_time_is_read_as_minutes(text, minute):
    assert calendar.parse_clock(text) == minute


@pytest.mark.parametrize("text", ["", "19", "19:60", "24:01", "25:00", "19:0", "-1:00", "１９:00"])
def test_what_names_no_clock_time_is_refused(text):
    with pytest.raises(NoSuchClock):
        calendar.parse_clock(text)


def test_a_clock_time_past_midnight_shows_as_the_clock_does():
    assert calendar.clock_name(1140) == "19:00"
    assert calendar.clock_name(1500) == "01:00"
    assert calendar.clock_name(1440) == "00:00"


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-27T19:00:00+01:00",
        "2026-11-27T19:00+01:00",
        "2026-11-27T19:00:00 01:00",
        "2026-11-27t18:00:00z",
        "2026-11-27 18:00:00.000Z",
        "2026-11-27T18:00:00-00:00",
    ],
)
def test_a_moment_is_read_with_its_offset(text):
    assert calendar.parse_moment(text) == datetime(2026, 11, 27, 18, tzinfo=UTC)


def test_a_moment_without_an_offset_is_refused():
    with pytest.raises(OffsetMissing):
        calendar.parse_moment("2026-11-27T19:00:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-11-27",
        "2026-02-30T10:00:00Z",
        "2026-11-27T25:00:00Z",
        "2026-11-27T10:00:60Z",
        "2026-11-27T10:00:00+99:00",
        "9999-12-31T23:59:59-10:00",
        "0001-01-01T00:00:00+10:00",
        "2026-11-27T10:00:00Z\x00",
    ],
)
def test_what_names_no_moment_is_refused(text):
    with pytest.raises(NoSuchMoment):
        calendar.parse_moment(text)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_written_is_the_moment_read(moment):
    moment = moment.replace(microsecond=0)

    assert calendar.parse_moment(calendar.rfc3339(moment)) == moment


def test_a_moment_is_written_in_amsterdams_offset():
    evening = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=-5)))

    assert calendar.rfc3339(evening) == "2026-07-01T19:00:00+02:00"


@given(days)
def test_a_day_is_read_as_it_is_written(day):
    assert calendar.parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["", "26-11-2026", "20261126", "2026-W48-4", "2026-02-30", "٢٠٢٦-١١-٢٦", "1969-12-31"]
)
def test_what_is_no_day_of_these_times_is_refused(text):
    with pytest.raises(NoSuchDay):
        calendar.parse_day(text)
