"""The worked tables of docs/rules/figures.md are true, for every code."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from buurthuis.rules.calendar import moment
from buurthuis.rules.figures.codes import Code, Unit
from buurthuis.rules.figures.columns import Counts, Time
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.displacement import displacement
from buurthuis.rules.figures.facts import Facts, Fate, Frame, SpaceFrame, Use
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.rules.figures.folding import fold, fold_days
from buurthuis.rules.figures.sheet import Table, together
from buurthuis.rules.periods import Period
from tests.rules.figures import golden
from tests.rules.moments import FRIDAY
from tests.rules.test_docs import clock, clocks

FIGURES = compute(
    together(fold_days(golden.FACTS, golden.SPAN).values()), golden.BESIDE, golden.SPAN
)


@pytest.mark.parametrize("code", golden.EXPECTED)
def test_the_page_tells_what_a_week_counts(code):
    expected, figure = golden.EXPECTED[code], FIGURES[code]

    assert (figure.numerator, figure.denominator) == (expected.numerator, expected.denominator)
    assert str(figure.written) == expected.shown
    assert figure.coverage == expected.known
    assert figure.reason is None


def test_the_page_tells_every_code_in_order():
    assert [each.code for each in FIGURES] == list(golden.EXPECTED)
    assert {each.main for each in FIGURES} == set(Code)


def one_space(uses, day=FRIDAY, opens=9, closes=17):
    window = Period(moment(day, opens * 60), moment(day, closes * 60))
    return Facts(Frame(1, (SpaceFrame(1, 1, (window,), None),), (window,)), tuple(uses))


def a_use(number, times, day=FRIDAY, around=0, fate=Fate.REALISED):
    start, end = clocks(times)
    period = Period(moment(day, start), moment(day, end))
    return Use(number, 1, 1, frozenset({1}), number, period, around, around, fate, True)


@pytest.mark.parametrize("row", golden.SHARED, ids=lambda row: row["bookings"])
def test_the_page_tells_whose_a_minute_is(row):
    around = clock(row["set-up and clearing"])
    uses = []
    for number, text in enumerate(row["bookings"].split(", "), start=1):
        times, _, missed = text.partition(" ")
        fate = Fate.NO_SHOW if missed else Fate.REALISED
        uses.append(a_use(number, times, around=around, fate=fate))

    rows = fold(one_space(uses), FRIDAY).tables[Table.TIME].values()

    total = [sum(each) for each in zip(*rows, strict=True)]
    told = [total[each] for each in (Time.USED, Time.WITH_SETUP, Time.LOST)]
    assert told == [clock(row[each]) for each in ("used", "with set-up", "lost")]


@pytest.mark.parametrize("row", golden.NIGHTS, ids=lambda row: row["night"])
def test_the_page_tells_how_a_night_is_divided(row):
    day = date.fromisoformat(row["night"])
    facts = one_space([a_use(1, row["booked"], day)], day, 0, 48)

    for ahead, column in enumerate(("minutes on the day", "and on the next")):
        sheet = fold(facts, day + timedelta(days=ahead))
        (counts,), (time,) = (sheet.tables[table].values() for table in (Table.COUNTS, Table.TIME))
        assert time[Time.USED] == counts[Counts.MINUTES] == int(row[column])
        assert counts[Counts.BOOKINGS] == (ahead == 0)


@pytest.mark.parametrize("row", golden.DISPLACED, ids=str)
def test_the_page_tells_who_is_displaced(row):
    columns = list(row.values())
    whole = int(row["hours"]) * 60

    def told(residents, private, unknown):
        # Residents are of two standings here: their shares count together.
        shares = {
            "resident_initiative": Fraction(int(residents) - 10, 100),
            "social_enterprise": Fraction(10, 100),
            "private": Fraction(int(private), 100),
            "none": Fraction(int(unknown), 100),
        }
        return Figures(
            tuple(
                Figure(f"GELIJK.PRIME.{standing}", share, Unit.RATIO, denominator=whole)
                for standing, share in shares.items()
            )
        )

    warning = displacement(told(*columns[1:7:2]), told(*columns[0:6:2]))

    assert (warning is not None) == (row["warns"] == "yes")


def test_the_page_has_all_its_rows():
    assert [len(each) for each in (golden.NIGHTS, golden.SHARED, golden.BOOKINGS)] == [3, 7, 13]
    assert len(golden.DISPLACED) == 6
