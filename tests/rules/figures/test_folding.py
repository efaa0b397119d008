"""Folding: a day counts what a slow model counts, and days add up to any span."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from buurthuis.rules.figures.columns import Building, Counts, Spaces, Time
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.diary import Diary
from buurthuis.rules.figures.facts import Beside, Facts, Fate, Frame, Part, SpaceFrame, Use
from buurthuis.rules.figures.folding import fold, fold_days
from buurthuis.rules.figures.minutes import cut, stretch, the_day
from buurthuis.rules.figures.sheet import Sheet, Table, together
from buurthuis.rules.figures.spans import Span
from tests.rules.doors import many
from tests.rules.figures.naive import naive, ticks_of
from tests.rules.figures.strategies import A_DAY, facts
from tests.rules.moments import AUTUMN, FRIDAY, SPRING, span

MANY = settings(max_examples=many(), deadline=None)


def around(day: date) -> list[date]:
    return [day - A_DAY, day, day + A_DAY, day + 2 * A_DAY]


def total(sheet: Sheet, table: Table, column: int) -> int:
    return sum(row[column] for row in sheet.tables[table].values())


@MANY
@given(facts())
def test_a_day_counts_what_looking_at_every_quarter_of_it_counts(house):
    about, day = house

    counted, slowly = fold(about, day), naive(about, day)

    for table in Table:
        assert counted.tables[table] == slowly.tables[table], table


@settings(max_examples=1 + many() // 10, deadline=None)
@given(facts(step=1))
def test_bookings_of_odd_minutes_count_minute_by_minute(house):
    about, day = house

    assert fold(about, day) == naive(about, day, step=1)


@given(facts(), st.randoms(use_true_random=False))
def test_neither_the_order_of_bookings_nor_that_of_days_matters(house, chance):
    about, day = house
    shuffled = replace(about, uses=tuple(chance.sample(about.uses, len(about.uses))))
    days = around(day)

    backwards = together(fold(shuffled, each) for each in reversed(days))

    assert together(fold_days(about, days).values()) == backwards


@given(facts())
def test_what_a_booking_has_is_divided_over_days_and_lost_nowhere(house):
    about, day = house
    sheet = together(fold_days(about, [day - 2 * A_DAY, *around(day)]).values())

    realised = [use for use in about.uses if use.fate == "realised"]
    assert total(sheet, Table.COUNTS, Counts.BOOKINGS) == len(realised)
    minutes = sum(use.period.minutes for use in realised)
    assert total(sheet, Table.COUNTS, Counts.MINUTES) == minutes


@given(facts())
def test_no_space_is_used_more_than_it_is_open(house):
    about, day = house
    sheet = fold(about, day)

    used, with_setup, prime, lost = (total(sheet, Table.TIME, each) for each in Time)
    open_ = total(sheet, Table.SPACES, Spaces.OPEN)
    assert 0 <= prime <= used <= with_setup <= open_
    assert used + lost <= open_
    in_building = total(sheet, Table.BUILDING, Building.USED)
    assert in_building <= total(sheet, Table.BUILDING, Building.OPEN)


@given(facts())
def test_hours_of_the_clock_and_standings_add_up_to_the_whole(house):
    about, day = house
    sheet = fold(about, day)
    figures = compute(sheet, Beside(), Span(day, day + A_DAY))

    used = total(sheet, Table.TIME, Time.USED)
    assert total(sheet, Table.HOURS, 0) == used
    assert total(sheet, Table.HOURS, 1) == total(sheet, Table.SPACES, Spaces.OPEN)
    for code in ("VERL", "KORT"):
        parts = figures.parts_of(code).values()
        assert sum(each.numerator for each in parts) == figures[code].numerator
    for code in ("GELIJK.PRIME", "GELIJK.ASKED"):
        values = [each.value for each in figures.parts_of(code).values()]
        assert not values or None in values or sum(values) == 1


@given(facts())
def test_what_another_house_did_is_only_added(house):
    about, day = house
    there = replace(about.frame, venue=8)
    moved = replace(about, frame=there)

    both = together([fold(about, day), fold(moved, day)])

    figures, alone = (
        compute(each, Beside(), Span(day, day + A_DAY)) for each in (both, fold(about, day))
    )
    assert figures["OPEN"].value == 2 * alone["OPEN"].value
    assert figures["GROEP"].value == alone["GROEP"].value, "who came in two houses is one group"


def test_a_day_of_the_clock_change_has_an_hour_less_or_more():
    for day, hours in ((FRIDAY, 24), (SPRING, 23), (AUTUMN, 25)):
        known = the_day(day)
        assert (known.end - known.start) == 60 * hours == 15 * len(ticks_of(day))
        assert len(known.hours) == hours
    assert the_day(SPRING).hours[:4] == (0, 1, 3, 4)
    assert the_day(AUTUMN).hours[:5] == (0, 1, 2, 2, 3)


def test_evenings_of_the_week_and_all_of_saturday_are_prime_time():
    monday = date(2026, 10, 5)
    minutes = [
        sum(end - start for start, end in the_day(monday + timedelta(days=ahead)).prime)
        for ahead in range(7)
    ]

    assert minutes == [360, 360, 360, 360, 360, 1440, 0]


def test_who_comes_when_a_day_part_ends_has_met_nobody_in_it():
    morning = Part(FRIDAY, "morning", span(9, 13))
    house = Frame(1, (), (span(9, 17),), (morning,))

    def met(*times):
        uses = tuple(a_use(number, *each) for number, each in enumerate(times, start=1))
        return total(fold(Facts(house, uses), FRIDAY), Table.BUILDING, Building.PARTS_MET)

    assert met((9, 12), (13, 15)) == 0
    assert met((9, 12), (12.75, 15)) == 1


def test_clearing_after_midnight_is_of_the_next_day():
    space = SpaceFrame(1, 1, (span(9, 30),), None)
    house = Facts(Frame(1, (space,), ()), (a_use(1, 20, 24, after=60),))

    friday, saturday = (fold(house, each) for each in (FRIDAY, FRIDAY + A_DAY))

    assert total(friday, Table.TIME, Time.WITH_SETUP) == 240
    assert total(saturday, Table.TIME, Time.WITH_SETUP) == 60
    assert total(saturday, Table.TIME, Time.USED) == 0


def a_use(group: int, start: float, end: float, after: int = 0) -> Use:
    spaces = frozenset({1})
    return Use(group, 1, 1, spaces, group, span(start, end), 0, after, Fate.REALISED, True)


def test_a_day_of_ten_years_looks_at_its_own_hours_alone(monkeypatch):
    days = list(Span(date(2016, 1, 1), date(2026, 1, 1)))
    windows = tuple(span(9, 23, day) for day in days)
    diary = Diary(Facts(Frame(1, (SpaceFrame(1, 1, windows, None),), windows, ())))
    seen = []
    monkeypatch.setattr(
        "buurthuis.rules.figures.diary.cut",
        lambda stretches, *ends: seen.append(list(stretches)) or cut(stretches, *ends),
    )

    page = diary.on(days[-2])

    assert page.windows == page.spaces[0].windows == [stretch(windows[-2])]
    assert max(map(len, seen)) == 1
