"""What figures ask of what a board wrote down: money of a span, rates, outcomes and targets."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy.exc import IntegrityError

from buurthuis.evidence.year import actions, queries, telling
from buurthuis.evidence.year.refusals import NoSource, UpsideDown
from buurthuis.evidence.year.told_models import RateLevel, SocialOutcome, VolunteerRate
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.rules.figures.spans import Span, year_span
from tests.builders import a_person, a_venue
from tests.evidence.year.writing import (
    CONTRIBUTION,
    COSTS,
    OTHER,
    a_rate,
    an_outcome,
    writes_money,
)

YEAR = year_span(2026)


def test_money_of_a_span_is_each_year_by_its_days(house, chandra):
    writes_money(house, chandra, year=2025, housing_costs=365_00)
    writes_money(house, chandra, year=2026, housing_costs=730_00)
    found = queries.money_of({house.id}, Span(date(2025, 12, 31), date(2026, 1, 3)))

    assert found.cents[COSTS] == 1_00 + 4_00
    assert (found.covered[COSTS], found.houses) == (1, 1)


def test_half_a_cent_rounds_up_once_for_all_houses(house, elsewhere, board_of_all):
    for each in (house, elsewhere):
        writes_money(each, board_of_all, year=2025, contribution=365)
    found = queries.money_of({house.id, elsewhere.id}, Span(date(2025, 1, 1), date(2025, 1, 2)))

    assert found.cents[CONTRIBUTION] == 2


def test_where_a_house_wrote_nothing_the_whole_is_not_known(house, elsewhere, board_of_all):
    writes_money(house, board_of_all, housing_costs=100, contribution=50)
    writes_money(elsewhere, board_of_all, contribution=0)
    found = queries.money_of({house.id, elsewhere.id}, YEAR)

    assert found.cents == {COSTS: None, CONTRIBUTION: 50, OTHER: None}
    assert found.covered == {COSTS: 1, CONTRIBUTION: 2, OTHER: 0}
    assert queries.money_of(set(), YEAR).cents[COSTS] is None


def test_a_rate_holds_from_its_month_and_the_newest_version_counts(board_of_all):
    a_rate(board_of_all, 1500)
    a_rate(board_of_all, 1600)
    a_rate(board_of_all, 1700, year=2025, month=7)
    a_rate(board_of_all, 3000, level=RateLevel.HIGH)

    assert queries.rates() == {
        "low": [(date(2025, 7, 1), 1700), (date(2026, 1, 1), 1600)],
        "high": [(date(2026, 1, 1), 3000)],
    }
    assert {each.source for each in queries.rates_written()} == {"Voorbeeld"}


def test_a_rate_that_was_taken_back_is_gone_from_the_figures(board_of_all):
    a_rate(board_of_all, 1500)
    actions.take_rate_back(queries.rates_written()[0], by=board_of_all)
    assert queries.rates() == {}

    a_rate(board_of_all, 1500)
    assert queries.rates() == {"low": [(date(2026, 1, 1), 1500)]}


def test_only_the_board_of_all_sets_rates_and_with_a_source(chandra, board_of_all):
    for who, refusal in ((chandra, NotAllowed), (a_person("Dirk"), NotFound)):
        with pytest.raises(refusal):
            a_rate(who)
    with pytest.raises(NoSource):
        a_rate(board_of_all, source="")

    assert queries.rates() == {}


@pytest.mark.parametrize("facts", [{"month": 13}, {"month": 0}, {"hour_cents": 0}, {"source": ""}])
def test_the_database_refuses_a_rate_that_makes_no_sense(app, facts):
    told = {"level": RateLevel.LOW, "year": 2026, "month": 1, "hour_cents": 1, "source": "x"}
    db.session.add(VolunteerRate(**{**told, "number": 1, "made_at": clock.now(), **facts}))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_without_a_sourced_price_there_is_no_outcome(house, chandra):
    assert queries.outcomes_of({house.id}, YEAR) == ()
    with pytest.raises(NoSource):
        an_outcome(house, chandra, source="")

    assert queries.outcomes_of({house.id}, YEAR) == ()


def test_the_careful_bound_of_an_outcome_comes_first(house, chandra):
    an_outcome(house, chandra)
    (found,) = queries.outcomes_of({house.id}, YEAR)

    assert (found.code, found.price_cents) == ("BEZOEK", (100, 300))
    assert found.deadweight == (Fraction(4, 10), Fraction(1, 10))
    assert found.attribution == (Fraction(2, 10), Fraction(5, 10))


def test_outcomes_of_a_house_go_before_those_of_all(house, elsewhere, chandra, board_of_all):
    an_outcome(house, chandra, code="GROEP")
    an_outcome(None, board_of_all, code="NIEUW")
    asked = ({house.id}, {elsewhere.id}, {house.id, elsewhere.id})
    codes = [[each.code for each in queries.outcomes_of(ids, YEAR)] for ids in asked]

    assert codes == [["GROEP"], ["NIEUW"], ["NIEUW"]]
    assert queries.outcomes_of({house.id}, Span(date(2026, 6, 1), date(2027, 2, 1))) == ()
    assert queries.outcomes_of({house.id}, year_span(2025)) == ()


def test_an_outcome_that_was_withdrawn_no_longer_counts(house, chandra, nadia, board_of_all):
    outcome = an_outcome(house, chandra)
    shared = an_outcome(None, board_of_all)
    for row, who, refusal in ((outcome, nadia, NotAllowed), (shared, chandra, NotAllowed)):
        with pytest.raises(refusal):
            telling.withdraw_outcome(row, by=who)
    with pytest.raises(NotFound):
        telling.withdraw_outcome(outcome, by=a_person("Dirk"))
    telling.withdraw_outcome(shared, by=board_of_all)
    for _twice in range(2):
        telling.withdraw_outcome(outcome, by=chandra)

    assert queries.outcomes_of({house.id}, YEAR) == ()
    assert outcome.words == "Minder eenzaam"


def test_a_range_stands_the_right_way_up(house, chandra):
    for upside_down in (
        {"price_cents": (2, 1)},
        {"deadweight_bp": (2, 1)},
        {"attribution_bp": (2, 1)},
    ):
        with pytest.raises(UpsideDown):
            an_outcome(house, chandra, **upside_down)


@pytest.mark.parametrize(
    "facts",
    [
        {"price_low_cents": 5},
        {"price_high_cents": 0, "price_low_cents": 0},
        {"deadweight_high_bp": 10_001},
        {"attribution_low_bp": 5},
        {"source": ""},
    ],
)
def test_the_database_refuses_an_outcome_that_makes_no_sense(app, facts):
    low = dict.fromkeys(("price_low_cents", "deadweight_low_bp", "attribution_low_bp"), 1)
    high = dict.fromkeys(("price_high_cents", "deadweight_high_bp", "attribution_high_bp"), 2)
    told = {"year": 2026, "words": "x", "code": "BEZOEK", "source": "x", **low, **high}
    db.session.add(SocialOutcome(**{**told, "made_at": clock.now(), **facts}))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_target_is_for_one_house_or_for_all_of_them(house, elsewhere, board_of_all):
    actions.set_targets(house, 2026, {"BEZOEK": 10_000, "BENUT": 3500}, by=board_of_all)
    actions.set_targets(None, 2026, {"BEZOEK": 90_000}, by=board_of_all)
    example = a_venue("example", is_example=True)
    real = {house.id, elsewhere.id}

    assert queries.targets_of({house.id}, 2026) == {"BEZOEK": 1, "BENUT": Fraction(35, 100)}
    assert queries.targets_of({elsewhere.id}, 2026) == {}
    assert queries.targets_of(real, 2026) == {"BEZOEK": 9}
    assert queries.targets_of(real | {example.id}, 2026) == {"BEZOEK": 9}
    assert queries.targets_of({house.id, example.id}, 2026) == {}
    assert queries.targets_of({house.id}, 2025) == {}


def test_of_a_house_that_is_alone_its_own_target_goes_first(house, board_of_all):
    actions.set_targets(None, 2026, {"BEZOEK": 90_000, "GROEP": 50_000}, by=board_of_all)
    actions.set_targets(house, 2026, {"BEZOEK": 10_000}, by=board_of_all)

    assert queries.targets_of({house.id}, 2026) == {"BEZOEK": 1, "GROEP": 5}
