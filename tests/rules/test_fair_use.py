"""Fair use: the worked tables of docs/rules/fair-use.md are true, and what holds for all rules and times."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from buurthuis.rules.calendar import moment
from buurthuis.rules.fair_use import (
    FairFacts,
    FairUse,
    Quota,
    QuotaReached,
    Rule,
    excesses,
    left_of,
    shut,
)
from buurthuis.rules.periods import Period, merge
from buurthuis.rules.prime_time import Per, PrimeTime, prime_within, span_of, spans_in
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.rules.tally import Tally

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "fair-use.md"
NOW = moment(date(2026, 3, 2), 9 * 60)
PRIME = (*(PrimeTime(day, 1080, 1320) for day in range(4)), PrimeTime(5, 600, 1020))
MONTHS = {"March": 3, "April": 4}
FIRST = FairUse(
    prime_time=PRIME,
    others_days=14,
    first_kinds=frozenset({Kind.RESIDENT_INITIATIVE}),
    first_purposes=frozenset({Purpose.COURSE}),
)
RESERVE = FairUse(prime_time=PRIME, series_percentage=50, series_days=14)


def tables():
    """Every table of the page, as a list of rows; a row maps the heading to the cell."""
    found, heading = [], None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            heading = None
        elif heading is None:
            heading = cells
            found.append([])
        elif set(line) - {"|", "-"}:
            found[-1].append(dict(zip(heading, cells, strict=True)))
    return found


def day(text):
    number, month = text.split()[-2:]
    return date(2026, MONTHS[month], int(number))


def period(text):
    on, _, clocks = text.rpartition(" ")
    minutes = [int(h) * 60 + int(m) for h, m in re.findall(r"(\d+):(\d+)", clocks)]
    return Period(*(moment(day(on), minute) for minute in minutes))


def periods(text):
    return tuple(period(each) for each in text.split(", ") if each)


def quota(text):
    number, what, per = re.fullmatch(r"(\d+) (.+) a (week|month)", text).groups()
    is_busy, unit = what.startswith("busy"), what.split()[-1]
    if unit.startswith("hour"):
        return Quota(Per(per), most_minutes=int(number) * 60, is_prime_only=is_busy)
    return Quota(Per(per), most_bookings=int(number), is_prime_only=is_busy)


def opening(row):
    return [day(row["opens on"])] if row["answer"] == "no" else []


def against(wanted, facts, *, purpose=None, is_series=False, now=NOW):
    return excesses(wanted, facts, purpose=purpose, is_series=is_series, now=now)


WHO, QUOTAS, SERIES = tables()


@pytest.mark.parametrize("row", WHO, ids=lambda row: " ".join(row.values()))
def test_the_page_tells_who_goes_first(row):
    standing = None if row["who"] == "nobody" else Kind(row["who"])

    found = against(period(row["when"]), FairFacts(FIRST, standing), purpose=Purpose(row["for"]))

    assert [each.opens_on for each in found] == opening(row)


@pytest.mark.parametrize("row", QUOTAS, ids=lambda row: " ".join(row.values()))
def test_the_page_tells_how_much_a_group_may_have(row):
    rule, wanted = quota(row["quota"]), period(row["wants"])
    facts = FairFacts(FairUse(PRIME, quotas=(rule,)), held=Tally.of(periods(row["has"])))

    found = against(wanted, facts)

    number, unit = row["left"].split()
    minutes, bookings = left_of(rule, wanted.start.date(), facts)
    assert int(number) == (bookings if unit.startswith("booking") else minutes / 60)
    assert [each.rule for each in found] == [Rule.QUOTA] * (row["answer"] == "no")
    assert all((each.left_minutes, each.left_bookings) == (minutes, bookings) for each in found)


@pytest.mark.parametrize("row", SERIES, ids=lambda row: " ".join(row.values()))
def test_the_page_tells_what_series_leave(row):
    facts = FairFacts(RESERVE, by_series=Tally.of(periods(row["series hold"])))

    found = against(period(row["wants"]), facts, is_series=row["as"] == "series")

    assert [each.opens_on for each in found] == opening(row)


def test_the_page_has_all_its_rows():
    assert (len(WHO), len(QUOTAS), len(SERIES)) == (8, 11, 6)


def test_the_house_itself_is_never_counted():
    rules = replace(FIRST, quotas=(Quota(Per.WEEK, most_minutes=1),))
    house = FairFacts(rules, standing=Kind.INTERNAL, kind=Kind.INTERNAL)
    tuesday = period("Tuesday 24 March 19:00–21:00")

    assert against(tuesday, house) == []
    assert shut([tuesday], house, purpose=None, is_series=False, now=NOW) == []


def test_a_quota_is_for_groups_of_its_kinds():
    only = Quota(Per.WEEK, most_minutes=60, kinds=frozenset({Kind.COMMERCIAL}))
    rules, two_hours = FairUse(quotas=(only,)), period("Tuesday 3 March 10:00–12:00")

    assert against(two_hours, FairFacts(rules, kind=Kind.PRIVATE)) == []
    assert against(two_hours, FairFacts(rules, kind=Kind.COMMERCIAL)) != []


def test_nothing_is_shut_while_something_is_left_of_a_quota():
    rules = FairUse(quotas=(Quota(Per.WEEK, most_minutes=120),))
    held, wanted = period("Tuesday 3 March 10:00–11:00"), period("Tuesday 3 March 14:00–17:00")
    asked = {"purpose": None, "is_series": False, "now": NOW}

    assert shut([wanted], FairFacts(rules, held=Tally.of([held])), **asked) == []
    assert shut([wanted], FairFacts(rules, held=Tally.of([held] * 2)), **asked) == [wanted]


def test_series_are_shut_out_once_they_have_their_share():
    monday, tuesday, wednesday, thursday = (
        period(f"{day} March 18:00–22:00")
        for day in ("Monday 23", "Tuesday 24", "Wednesday 25", "Thursday 26")
    )
    asked = {"purpose": None, "is_series": True, "now": NOW}
    some, full = Tally.of([monday, wednesday]), Tally.of([monday, wednesday, thursday])

    assert shut([tuesday], FairFacts(RESERVE, by_series=some), **asked) == []
    assert shut([tuesday], FairFacts(RESERVE, by_series=full), **asked) == [tuesday]
    assert shut([tuesday], FairFacts(FairUse(prime_time=PRIME), by_series=full), **asked) == []


def test_a_night_that_the_clock_skips_is_no_prime_time():
    skipped = (PrimeTime(6, 120, 180),)
    sunday = Period(moment(date(2026, 3, 29), 0), moment(date(2026, 3, 29), 600))

    assert prime_within(skipped, sunday) == []


def test_what_was_shorter_is_always_fair():
    facts = FairFacts(FIRST, before=period("Tuesday 24 March 19:00–21:00"))

    assert against(period("Tuesday 24 March 19:00–20:00"), facts) == []
    assert against(period("Tuesday 24 March 19:00–22:00"), facts) != []


minutes = st.integers(0, 70 * 24 * 4).map(lambda quarters: quarters * 15)
BEGIN = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)


@st.composite
def some_periods(draw):
    start = BEGIN + timedelta(minutes=draw(minutes))
    return Period(start, start + timedelta(minutes=15 * draw(st.integers(1, 60))))


windows = st.builds(
    lambda weekday, starts, length: PrimeTime(weekday, starts, starts + length),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 600),
)
quotas = st.builds(
    Quota,
    st.sampled_from(Per),
    most_minutes=st.none() | st.integers(1, 1500),
    most_bookings=st.none() | st.integers(1, 4),
    is_prime_only=st.booleans(),
)
rules = st.builds(
    FairUse,
    prime_time=st.lists(windows, min_size=1, max_size=4).map(tuple),
    others_days=st.none() | st.integers(0, 40),
    quotas=st.lists(quotas, max_size=2).map(tuple),
    series_percentage=st.none() | st.integers(0, 100),
    series_days=st.integers(0, 40),
)


@given(rules=rules, wanted=st.lists(some_periods(), max_size=8), is_series=st.booleans())
def test_whoever_books_one_after_the_other_never_passes_a_quota_or_the_reserve(
    rules, wanted, is_series
):
    facts, made = FairFacts(replace(rules, others_days=None)), []
    for each in wanted:
        if not against(each, facts, is_series=is_series):
            made.append(each)
            facts.held.add(each)
            facts = replace(facts, by_series=Tally.of(merge(made if is_series else ())))

    for quota in rules.quotas:
        for span in {span for each in made for span in spans_in(quota.per, each)}:
            counted = prime_within(rules.prime_time, span) if quota.is_prime_only else [span]
            used = [p.intersection(c) for p in made for c in counted]
            assert quota.most_minutes is None or quota.most_minutes >= sum(
                each.minutes for each in used if each
            )
    if is_series and rules.series_percentage is not None:
        last = max((each.end for each in made), default=NOW)
        far = _weeks(NOW + timedelta(days=rules.series_days + 9), last)
        for week in far:
            prime = prime_within(rules.prime_time, week)
            held = sum(
                both.minutes for p in merge(made) for c in prime if (both := p.intersection(c))
            )
            assert held * 100 <= sum(each.minutes for each in prime) * rules.series_percentage


def _weeks(first, last):
    week = span_of(Per.WEEK, first.date())
    while week.start < last:
        yield week
        week = span_of(Per.WEEK, (week.end + timedelta(days=1)).date())


@given(
    rules=rules,
    held=st.lists(some_periods(), max_size=6),
    wanted=some_periods(),
    series=st.booleans(),
)
def test_what_is_shut_cannot_be_booked_and_a_free_minute_can(rules, held, wanted, series):
    facts = FairFacts(rules, held=Tally.of(held), by_series=Tally.of(held[:1]))
    kept = shut([wanted], facts, purpose=None, is_series=series, now=NOW)
    found = against(wanted, facts, is_series=series)

    if kept:
        assert found
    for refused in found:
        if isinstance(refused, QuotaReached):
            assert refused.left_minutes is not None or refused.left_bookings == 0
    if not kept and not rules.quotas and not series:
        assert found == []


@given(rules=rules, wanted=some_periods(), later=st.integers(0, 80))
def test_what_opened_stays_open(rules, wanted, later):
    facts = FairFacts(rules)
    now = NOW - timedelta(days=later)
    assume(not against(wanted, facts, is_series=True, now=now))

    assert against(wanted, facts, is_series=True) == []


@given(rules=rules, wanted=some_periods())
def test_who_waits_until_it_opens_may_book(rules, wanted):
    facts = FairFacts(replace(rules, quotas=(), series_percentage=None))
    for early in against(wanted, facts):
        on_the_day = moment(early.opens_on, 0)
        assert against(wanted, facts, now=on_the_day) == []
        assert against(wanted, facts, now=on_the_day - timedelta(minutes=1)) != []


@given(
    early=st.lists(some_periods(), max_size=5),
    late=st.lists(some_periods(), max_size=5),
    per=st.sampled_from(Per),
    within=some_periods(),
)
def test_what_is_counted_as_it_comes_is_what_each_has_by_itself(early, late, per, within):
    tally = Tally.of(early)
    for each in late:
        tally.add(each)

    for counted in ([span_of(per, within.start.date())], prime_within(PRIME, within)):
        own = [[p for c in counted if (p := each.intersection(c))] for each in early + late]
        assert tally.minutes_in(counted) == sum(p.minutes for parts in own for p in parts)
        assert tally.number_in(counted) == sum(map(bool, own))


def test_a_house_without_busy_hours_has_none():
    assert prime_within((), Period(NOW, NOW + timedelta(hours=2))) == []


def test_a_period_over_the_end_of_a_week_touches_two():
    sunday, monday = date(2026, 3, 8), date(2026, 3, 9)

    weeks = spans_in(Per.WEEK, Period(moment(sunday, 23 * 60), moment(monday, 60)))

    assert weeks == [span_of(Per.WEEK, sunday), span_of(Per.WEEK, monday)]
