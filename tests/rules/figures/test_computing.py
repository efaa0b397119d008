"""Computing: what has no value says why, and a part counts what is of it alone."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from buurthuis.rules.figures.codes import Code, Reason, Unit
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.facts import Beside, Outcome
from buurthuis.rules.figures.folding import fold, fold_days
from buurthuis.rules.figures.keeping import EVERYTHING, Keeps
from buurthuis.rules.figures.sheet import Sheet, together
from buurthuis.rules.figures.spans import Span
from tests.rules.figures.golden import BESIDE, FACTS, GROUPS, PEOPLE, SPAN
from tests.rules.figures.strategies import A_DAY, facts

WEEK = together(fold_days(FACTS, SPAN).values())


def figures(keeps=EVERYTHING, sheet=WEEK, span=SPAN, **beside):
    return compute(sheet, replace(BESIDE, **beside), span, keeps)


def test_of_nothing_counts_are_zero_and_shares_unknown():
    found = compute(Sheet(), Beside(), SPAN)

    for code in ("OPEN", "VERL", "AANTAL", "GROEP", "BEZOEK", "VRIJ_U", "KORT", "LEER"):
        assert found[code].value == 0, code
    for code in ("BENUT", "DAGDEEL", "STOEL", "GEB", "M2", "ONTM", "ROOSTER", "ROOSTER.GINI"):
        assert found[code].reason is Reason.NOTHING_OPEN, code
    for code in ("VRIJ_EUR.LOW", "DEK", "HEF", "SROI.LOW"):
        assert found[code].reason is Reason.NOT_FILLED_IN, code
    assert found["NIEUW"].reason is Reason.NO_HISTORY


@given(facts())
def test_each_figure_has_a_value_or_a_reason_and_divides_what_it_shows(house):
    about, day = house

    for each in compute(fold(about, day), BESIDE, Span(day, day + A_DAY)):
        assert (each.value is None) == (each.reason is not None)
        assert each.definition == f"{each.main}@1"
        if each.value is not None and each.numerator is not None:
            assert each.value == Fraction(each.numerator, each.denominator or 1)
        if each.unit is Unit.RATIO and each.main not in {Code.STOEL, Code.DEK, Code.HEF, Code.SROI}:
            assert each.value is None or 0 <= each.value <= 1


def test_who_is_new_is_known_after_a_year():
    edge = date(2025, 10, 5)

    assert figures(known_since=edge)["NIEUW"].value == 2
    assert figures(known_since=edge + A_DAY)["NIEUW"].reason is Reason.NO_HISTORY
    assert figures(first_days={GROUPS["cooks"]: SPAN.first})["NIEUW"].value == 1
    assert figures(first_days={GROUPS["cooks"]: SPAN.after})["NIEUW"].value == 0


def test_where_nobody_counted_heads_there_are_no_visits():
    uncounted = replace(FACTS, uses=tuple(replace(each, head=None) for each in FACTS.uses))
    found = figures(sheet=together(fold_days(uncounted, SPAN).values()))

    for code in ("BEZOEK", "BEZOEK.LOW", "BEZOEK.HIGH", "STOEL"):
        assert (found[code].reason, found[code].coverage) == (Reason.NOTHING_COUNTED, 0)


def test_without_areas_use_cannot_be_weighed():
    spaces = tuple(replace(each, area=None) for each in FACTS.frame.spaces)
    bare = replace(FACTS, frame=replace(FACTS.frame, spaces=spaces))
    figure = figures(sheet=together(fold_days(bare, SPAN).values()))["M2"]

    assert (figure.reason, figure.coverage) == (Reason.NOT_FILLED_IN, 0)


@pytest.mark.parametrize(
    ("beside", "code", "reason", "coverage"),
    [
        ({"housing_costs_cents": None}, "DEK", Reason.NOT_FILLED_IN, 0),
        ({"housing_costs_cents": 0}, "DEK", Reason.NOTHING_OPEN, 1),
        ({"covered": {"housing_costs": Fraction(1, 2)}}, "DEK", Reason.NOT_FILLED_IN, 0.5),
        ({"contribution_cents": 0}, "HEF", Reason.NO_CONTRIBUTION, 1),
        ({"contribution_cents": None}, "HEF", Reason.NOT_FILLED_IN, 0),
        ({"other_funds_cents": None}, "HEF", Reason.NOT_FILLED_IN, 0),
        ({"covered": {"other_funds": Fraction(1, 3)}}, "HEF", Reason.NOT_FILLED_IN, Fraction(1, 3)),
        ({"rates": {}}, "HEF", Reason.NOT_FILLED_IN, 1),
        ({"rates": {}}, "VRIJ_EUR.MID", Reason.NOT_FILLED_IN, None),
        ({"outcomes": ()}, "SROI.HIGH", Reason.NOT_FILLED_IN, None),
        ({"contribution_cents": None}, "SROI.HIGH", Reason.NOT_FILLED_IN, None),
        ({"offered_minutes": {}}, "ROOSTER.GINI", Reason.NOTHING_OPEN, None),
        ({"offered_minutes": {1: 0}}, "ROOSTER.GINI", Reason.NOTHING_OPEN, None),
    ],
    ids=str,
)
def test_what_nobody_wrote_down_is_no_zero(beside, code, reason, coverage):
    figure = figures(**beside)[code]

    assert (figure.value, figure.reason, figure.coverage) == (None, reason, coverage)


@pytest.mark.parametrize("code", ["NIEUW", "NO_SUCH_FIGURE"])
def test_a_result_that_cannot_be_counted_is_worth_nothing_that_is_known(code):
    outcome = Outcome(code, (1, 2), (Fraction(0), Fraction(0)), (Fraction(1), Fraction(1)))

    assert figures(outcomes=(outcome,), known_since=None)["SROI.LOW"].value is None


def test_each_month_counts_at_its_own_rate():
    rates = {"mid": [(date(2026, 10, 1), 1800), (date(2026, 1, 1), 1500)]}
    logged = {"board": 180}

    def worth(**months):
        by_month = {(2026, int(month[1:])): minutes for month, minutes in months.items()}
        beside = Beside(logged, by_month, rates)
        return compute(Sheet(), beside, Span(date(2026, 9, 1), date(2026, 11, 1)))["VRIJ_EUR.MID"]

    assert worth().value == 3 * 1800, "what has no month counts as of the last one"
    assert worth(m9=60).value == 1500 + 2 * 1800
    assert worth(m9=120, m10=60).value == 2 * 1500 + 1800


def test_a_month_before_all_rates_makes_the_value_unknown():
    rates = {"low": [(date(2026, 11, 1), 1200)]}

    assert figures(rates=rates)["VRIJ_EUR.LOW"].reason is Reason.NOT_FILLED_IN


def test_no_work_is_worth_nothing_whatever_the_rates():
    rates = {"low": [(date(2027, 1, 1), 1200)]}

    assert compute(Sheet(), Beside(rates=rates), SPAN)["VRIJ_EUR.LOW"].value == 0


def test_who_learned_did_no_shift_of_the_roster():
    found = figures(offered_minutes={PEOPLE["Amina"]: 720, PEOPLE["Chandra"]: 720})

    assert found["ROOSTER.GINI"].value == Fraction(1, 2), "one did everything, the other nothing"


def test_a_group_of_the_night_before_is_counted_on_that_day_alone():
    party = {GROUPS["party"]}
    saturday = date(2026, 10, 10)
    night = replace(FACTS, uses=tuple(each for each in FACTS.uses if each.initiative in party))
    found = figures(sheet=fold(night, saturday), span=Span(saturday, saturday + A_DAY))

    assert (found["GROEP"].value, found["AANTAL"].value) == (0, 0)
    assert found["BENUT"].numerator == 30


def test_money_is_rounded_once():
    found = compute(Sheet(), Beside({"board": 1}, {}, {"low": [(SPAN.first, 90)]}), SPAN)

    assert found["VRIJ_EUR.LOW"].reason is Reason.NOT_FILLED_IN, "the rate holds from the 5th"
    rates = {"low": [(date(2026, 10, 1), 90)]}
    assert compute(Sheet(), Beside({"board": 1}, {}, rates), SPAN)["VRIJ_EUR.LOW"].value == 2


def test_hosting_and_learning_that_were_written_down_count_as_such():
    found = figures(logged_minutes={"hosting": 10, "learner": 20, "repairs": 30})

    assert found["VRIJ_U.HOST"].value == 540 + 10
    assert found["VRIJ_U.LEARNER"].value == 240 + 20
    assert found["VRIJ_U.OTHER"].value == 30


WHOLE_HOUSES_ONLY = {"GEB", "ONTM", "VRIJ_U", "VRIJ_EUR", "DEK", "HEF", "SROI", "LEER", "ROOSTER"}


@pytest.mark.parametrize(
    ("keeps", "more"),
    [
        (Keeps(standing="private"), {"DAGDEEL", "M2"}),
        (Keeps(theme="food"), {"DAGDEEL", "M2"}),
        (Keeps(room=1, spaces=frozenset({1})), set()),
    ],
    ids=["standing", "theme", "room"],
)
def test_what_is_known_of_whole_houses_has_no_value_for_a_part(keeps, more):
    found = figures(keeps)

    without = {each.main for each in found if each.reason is Reason.NOT_FOR_A_PART}
    assert without == WHOLE_HOUSES_ONLY | more
    assert all(each.value is None for each in found if each.main in without)


def test_a_standing_is_shown_beside_all_that_was_open_and_all_that_was_asked():
    found = figures(Keeps(standing="private"))

    told = {each.code: (each.numerator, each.denominator) for each in found}
    assert told["BENUT"] == (150, 11280)
    assert told["AANTAL"] == (1, None)
    assert told["GELIJK.PRIME.private"] == (150, 870)
    assert told["GELIJK.ASKED.private"] == (3, 12)
    assert told["GELIJK.REFUSAL"] == (0, 3)
    assert list(found.parts_of("GELIJK.PRIME")) == ["private"]


def test_a_room_has_the_time_of_its_spaces_and_the_bookings_of_its_name():
    found = figures(Keeps(room=1, spaces=frozenset({1})))

    assert (found["OPEN"].value, found["BENUT"].numerator) == (4560, 810)
    assert found["AANTAL"].value == 4, "what was booked of the whole hall is of the hall"
    assert found["DAGDEEL"].numerator == 3
    assert found["GROEP"].value == 3
    assert found["AANTAL.ACTIVITIES"].value == 3


def test_what_a_house_calls_its_own_comes_after_what_all_know_and_before_the_unknown():
    own = {"private": "students", "resident_initiative": "private"}
    uses = tuple(replace(each, standing=own.get(each.standing, "")) for each in FACTS.uses)
    found = figures(sheet=together(fold_days(replace(FACTS, uses=uses), SPAN).values()))

    assert list(found.parts_of("KORT")) == ["private", "students", "none"]


def test_a_theme_counts_its_own():
    found = figures(Keeps(theme="food"))

    assert found["AANTAL"].value == 2
    assert found["BEZOEK"].value == 8
    assert found["KORT"].value == 3000
    assert found["GELIJK.ANSWER_DAYS"].value == Fraction(1, 24)
