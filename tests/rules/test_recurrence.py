"""Days that repeat: what a rule means, and what it refuses at once."""

import time
from calendar import monthrange
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil import rrule as their
from hypothesis import assume, given
from hypothesis import strategies as st

from buurthuis.rules import rrule
from buurthuis.rules.recurrence import (
    LAST,
    MOST_TIMES,
    Frequency,
    Mistake,
    Nth,
    Rule,
    WrongRule,
    days,
    last_day_for,
)
from tests.rules.moments import AUTUMN, SPRING

TUESDAY = date(2026, 3, 3)
PAGE = Path(__file__).parents[2] / "docs" / "rules" / "recurrence.md"

months = st.integers(1, 12)
weekdays = st.sets(st.integers(0, 6), max_size=4).map(sorted).map(tuple)
month_days = st.sets(st.sampled_from([LAST, *range(1, 32)]), min_size=1, max_size=3)
nths = st.sets(
    st.builds(Nth, st.sampled_from([LAST, 1, 2, 3, 4, 5]), st.integers(0, 6)),
    min_size=1,
    max_size=3,
)
times = st.integers(1, MOST_TIMES)
firsts = st.dates(date(2020, 1, 1), date(2034, 12, 31))


def as_tuple(values):
    return tuple(sorted(values))


@st.composite
def rules(draw):
    """Any rule that can be built, mostly of a few times."""
    frequency = draw(st.sampled_from(Frequency))
    parts = {"times": draw(st.integers(1, 12) | times), "interval": draw(st.integers(1, 5))}
    if frequency == Frequency.WEEKLY:
        parts["weekdays"] = draw(weekdays)
    of_month = draw(st.sampled_from(["", "month_days", "nths"]))
    if of_month and frequency in {Frequency.MONTHLY, Frequency.YEARLY}:
        parts[of_month] = as_tuple(draw({"month_days": month_days, "nths": nths}[of_month]))
        if frequency == Frequency.YEARLY:
            parts["month"] = draw(months)
    longest = monthrange(2024, parts.get("month", 1))[1]
    assume(all(number <= longest for number in parts.get("month_days", ())))
    return Rule(frequency, **parts)


def by_the_library(rule, first):
    """The same days as the library reads them that calendars use, until two years have passed."""
    begin = datetime.combine(first, datetime.min.time())
    text = rrule.written(rule)
    found = their.rrulestr(text.replace(f";COUNT={rule.times}", ""), dtstart=begin)
    end = datetime.combine(last_day_for(first), datetime.min.time())
    return [each.date() for each in found.between(begin, end, inc=True)]


def a_day_of(rule, day):
    """The first day of a rule from here on, as most first days are."""
    return next(iter(by_the_library(rule, day)), day)


@given(rules(), firsts, st.sampled_from([a_day_of, a_day_of, lambda _rule, day: day]))
def test_a_rule_means_the_days_that_other_programs_read_in_it(rule, first, choose):
    first = choose(rule, first)
    theirs = by_the_library(rule, first)
    try:
        found, mistake = days(rule, first), None
    except WrongRule as wrong:
        found, mistake = [], wrong.mistake

    if theirs[:1] != [first]:
        assert mistake == Mistake.FIRST_NOT_HIT
    elif len(theirs) < rule.times:
        assert mistake == Mistake.TOO_LONG
    else:
        assert found == theirs[: rule.times]


@given(rules(), firsts)
def test_a_rule_that_begins_on_one_of_its_days_goes_on_as_before(rule, first):
    """So a series can go on from its last day for another season."""
    first = a_day_of(rule, first)
    assume(rule.times <= len(by_the_library(rule, first)))
    found = days(rule, first)

    later = days(rule.ending(found[-1]), found[len(found) // 2])

    assert later == found[len(found) // 2 :]


@given(rules())
def test_a_rule_is_read_back_as_it_was_written(rule):
    assert rrule.parse(rrule.written(rule)) == rule
    ending = rule.ending(date(2027, 1, 31))
    assert rrule.parse(rrule.written(ending)) == ending


@given(st.text(max_size=250))
def test_any_text_is_a_rule_or_a_mistake(text):
    try:
        rule = rrule.parse(text)
    except WrongRule:
        return
    assert isinstance(rule, Rule)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"]
            ),
            st.sampled_from(
                [
                    *("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "SECONDLY", "TU", "1TU", "-1SU"),
                    *("0", "1", "2", "31", "366", "-1", "9999", "99999999999", "20261231", "6MO"),
                    *("20261231T230000Z", "20260231", "20261231T250000", "1,15", "MO,1TU", "SU,MO"),
                ]
            ),
        ),
        max_size=6,
    )
)
def test_parts_in_any_mixture_are_a_rule_or_a_mistake(parts):
    text = ";".join(f"{name}={value}" for name, value in parts)
    try:
        found = days(rrule.parse(text), TUESDAY)
    except WrongRule:
        return
    assert found[0] == TUESDAY
    assert len(found) <= MOST_TIMES
    assert found[-1] <= last_day_for(TUESDAY)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", Mistake.NOT_A_RULE),
        ("every week", Mistake.NOT_A_RULE),
        ("FREQ=WEEKLY;FREQ=DAILY;COUNT=2", Mistake.NOT_A_RULE),
        ("FREQ=WEEKLY;COUNT=two", Mistake.NOT_A_RULE),
        ("FREQ=WEEKLY;UNTIL=soon", Mistake.NOT_A_RULE),
        ("FREQ=WEEKLY;COUNT=2" + ";X=1" * 100, Mistake.NOT_A_RULE),
        ("COUNT=3", Mistake.FREQUENCY),
        ("FREQ=SECONDLY;COUNT=3", Mistake.FREQUENCY),
        ("FREQ=HOURLY;COUNT=3", Mistake.FREQUENCY),
        ("FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1;COUNT=3", Mistake.UNKNOWN_PART),
        ("FREQ=WEEKLY;BYDAY=1TU;COUNT=3", Mistake.UNKNOWN_PART),
        ("FREQ=MONTHLY;BYDAY=TU;COUNT=3", Mistake.UNKNOWN_PART),
        ("FREQ=DAILY;BYMONTHDAY=3;COUNT=3", Mistake.UNKNOWN_PART),
        ("FREQ=MONTHLY;BYMONTH=3;COUNT=3", Mistake.UNKNOWN_PART),
        ("FREQ=YEARLY;BYDAY=1TU;COUNT=1", Mistake.UNKNOWN_PART),
        ("FREQ=YEARLY;BYMONTH=3;COUNT=1", Mistake.UNKNOWN_PART),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=2FR;COUNT=1", Mistake.UNKNOWN_PART),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=3", Mistake.UNKNOWN_PART),
        ("FREQ=WEEKLY;INTERVAL=0;COUNT=3", Mistake.INTERVAL),
        ("FREQ=WEEKLY;INTERVAL=400;COUNT=3", Mistake.INTERVAL),
        ("FREQ=WEEKLY", Mistake.NO_END),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20260401", Mistake.TWO_ENDS),
        ("FREQ=WEEKLY;COUNT=0", Mistake.ENDS_TOO_EARLY),
        ("FREQ=WEEKLY;COUNT=367", Mistake.TOO_MANY),
        ("FREQ=WEEKLY;COUNT=99999999999999999999", Mistake.TOO_MANY),
        ("FREQ=MONTHLY;BYMONTHDAY=32;COUNT=3", Mistake.NO_SUCH_DAY),
        ("FREQ=MONTHLY;BYDAY=6TU;COUNT=3", Mistake.NO_SUCH_DAY),
        ("FREQ=WEEKLY;BYDAY=XX;COUNT=3", Mistake.NO_SUCH_DAY),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1", Mistake.NO_SUCH_DAY),
        ("FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=3;COUNT=1", Mistake.NO_SUCH_DAY),
        ("FREQ=WEEKLY;UNTIL=20260230", Mistake.NO_SUCH_DAY),
        ("FREQ=WEEKLY;UNTIL=00000101T000000Z", Mistake.NO_SUCH_DAY),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_with_why(text, mistake):
    with pytest.raises(WrongRule) as wrong:
        rrule.parse(text)

    assert wrong.value.mistake == mistake


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=3", Mistake.FIRST_NOT_HIT),
        ("FREQ=MONTHLY;BYDAY=5MO;COUNT=3", Mistake.FIRST_NOT_HIT),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31;UNTIL=20260401", Mistake.FIRST_NOT_HIT),
        ("FREQ=WEEKLY;UNTIL=20260302", Mistake.ENDS_TOO_EARLY),
        ("FREQ=WEEKLY;UNTIL=20280304", Mistake.TOO_LONG),
        ("FREQ=WEEKLY;COUNT=106", Mistake.TOO_LONG),
        ("FREQ=DAILY;UNTIL=20270304", Mistake.TOO_MANY),
    ],
)
def test_a_rule_must_fit_its_first_day_and_end_within_two_years(text, mistake):
    with pytest.raises(WrongRule) as wrong:
        days(rrule.parse(text), TUESDAY)

    assert wrong.value.mistake == mistake


def test_a_rule_that_is_built_by_hand_is_held_to_the_same():
    with pytest.raises(WrongRule):
        Rule(Frequency.DAILY, weekdays=(1,), times=2)
    with pytest.raises(WrongRule):
        Rule(Frequency.WEEKLY, weekdays=(7,), times=2)


def test_a_year_of_days_is_just_allowed():
    assert len(days(rrule.parse("FREQ=DAILY;COUNT=366"), TUESDAY)) == 366
    assert days(rrule.parse("FREQ=WEEKLY;COUNT=105"), TUESDAY)[-1] == date(2028, 2, 29)


def test_rules_that_would_explode_are_refused_at_once():
    began = time.perf_counter()
    for text in (
        "FREQ=SECONDLY;COUNT=366",
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=YEARLY;COUNT=366",
        "FREQ=MONTHLY;INTERVAL=366;COUNT=366",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2;COUNT=366",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=366",
        f"FREQ=WEEKLY;BYDAY={','.join(['MO'] * 100_000)};COUNT=3",
    ):
        with pytest.raises(WrongRule):
            days(rrule.parse(text), TUESDAY)

    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize(
    ("until", "starts_minute", "last"),
    [
        ("20260324", 19 * 60, date(2026, 3, 24)),
        ("20260324T180000Z", 19 * 60, date(2026, 3, 24)),
        ("20260324T175959Z", 19 * 60, date(2026, 3, 17)),
        ("20260324T190000", 19 * 60, date(2026, 3, 24)),
        ("20260324T185900", 19 * 60, date(2026, 3, 17)),
        ("20260331T170000Z", 19 * 60, date(2026, 3, 31)),  # summer time has begun
        ("20260323T235900Z", 30, date(2026, 3, 24)),
    ],
)
def test_an_end_that_names_a_moment_means_the_last_day_that_starts_by_then(
    until, starts_minute, last
):
    rule = rrule.parse(f"FREQ=WEEKLY;UNTIL={until}", starts_minute=starts_minute)

    assert days(rule, TUESDAY)[-1] == last


def test_a_rule_is_read_as_calendars_send_it():
    sent = rrule.parse("RRULE:freq=weekly;wkst=su;byday=th,tu;count=3")

    assert sent == Rule(Frequency.WEEKLY, weekdays=(1, 3), times=3)
    assert rrule.parse("FREQ=MONTHLY;BYDAY=+1TU;COUNT=2").nths == (Nth(1, 1),)


def test_the_clock_changes_move_no_day():
    for sunday in (SPRING, AUTUMN):
        assert days(Rule(Frequency.WEEKLY, times=3), sunday - timedelta(weeks=1))[1] == sunday


def test_a_rule_that_begins_on_29_february_ends_two_years_later():
    assert last_day_for(date(2028, 2, 29)) == date(2030, 2, 28)
    assert days(Rule(Frequency.YEARLY, times=1), date(2028, 2, 29)) == [date(2028, 2, 29)]


def worked_examples():
    """Each row of the page: a rule, its first day, and the days that it means or why not."""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `FREQ"):
            yield [cell.strip(" `") for cell in line.strip("|").split("|")]


@pytest.mark.parametrize("row", list(worked_examples()), ids=lambda row: row[0])
def test_the_page_tells_the_days_that_are_booked(row):
    text, first, told = row
    if told in frozenset(Mistake):
        with pytest.raises(WrongRule) as wrong:
            days(rrule.parse(text), date.fromisoformat(first))
        assert wrong.value.mistake == told
        return
    found = [f"{day.day}-{day.month}" for day in days(rrule.parse(text), date.fromisoformat(first))]
    begin, _, rest = told.partition(" … ")
    begins = begin.split(", ")
    assert found[: len(begins)] == begins
    assert found[-1] == (rest or begins[-1])


def test_the_page_has_all_its_rows():
    assert len(list(worked_examples())) == 16
