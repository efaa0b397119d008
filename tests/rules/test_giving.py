"""What a house gives with a price, and when a budget of it warns."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from buurthuis.rules import budgets
from buurthuis.rules.giving import given
from buurthuis.rules.quotes import PartySurcharge, Terms
from buurthuis.rules.tariffs import HourRate, RoomRates, quote
from tests.rules.moments import span

TODAY = date(2026, 7, 1)


def lines_of(percentage_bp, party=None):
    rates = RoomRates(hour=HourRate(cents=10_000))
    terms = Terms(percentage_bp=percentage_bp, party=party)
    found = quote(span(19, 20), rates, terms, party=party is not None)
    return [(line.kind, line.cents) for line in found.lines]


@pytest.mark.parametrize(
    ("percentage_bp", "was_given"), [(0, 10_000), (3500, 6500), (10_000, 0), (20_000, 0)]
)
def test_what_is_given_is_the_list_price_less_what_is_charged(percentage_bp, was_given):
    assert given(lines_of(percentage_bp)) == was_given


def test_what_a_party_adds_takes_away_from_what_was_given_but_cleaning_does_not():
    party = PartySurcharge(multiplier_bp=20_000, cleaning_cents=5000)

    assert given(lines_of(3500, party)) == 3000


def test_who_pays_for_coffee_was_given_no_less():
    assert given([*lines_of(0), ("extra", 2500)]) == 10_000


amounts = st.lists(
    st.tuples(st.sampled_from(["hour", "discount", "surcharge", "extra"]), st.integers(0, 10**6))
)


@for_all(amounts, st.randoms())
def test_it_is_never_negative_and_does_not_ask_for_the_order(lines, chance):
    lines = [(kind, -cents if kind == "discount" else cents) for kind, cents in lines]
    shuffled = chance.sample(lines, len(lines))

    assert given(lines) == given(shuffled) >= 0


@pytest.mark.parametrize(
    ("budget", "used", "level"),
    [(10_000, 7999, 0), (10_000, 8000, 8000), (10_000, 9999, 8000), (10_000, 10_000, 10_000),
     (10_000, 20_000, 10_000), (0, 0, 0), (0, 1, 10_000)],
)  # fmt: skip
def test_a_budget_warns_at_four_fifths_and_when_it_is_empty(budget, used, level):
    assert budgets.reached(budget, used) == level


def test_it_runs_out_on_the_day_that_the_pace_of_this_year_says():
    half_a_year = (TODAY - date(2026, 1, 1)).days + 1

    assert budgets.runs_out_on(200, 100, year=2026, today=TODAY) == date(2026, 1, 1) + timedelta(
        days=2 * half_a_year - 1
    )


@pytest.mark.parametrize(
    ("budget", "was_given", "year"),
    [(1000, 0, 2026), (10_000, 100, 2026), (1000, 500, 2025), (203, 100, 2026)],
)
def test_it_lasts_when_nothing_was_given_or_the_year_is_over_first(budget, was_given, year):
    assert budgets.runs_out_on(budget, was_given, year=year, today=TODAY) is None


@for_all(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(0, 364))
def test_it_never_ran_out_before_today_nor_after_the_year(budget, was_given, days):
    today = date(2026, 1, 1) + timedelta(days=days)
    last = budgets.runs_out_on(budget, was_given, year=2026, today=today)

    assert last is None or today <= last <= date(2026, 12, 31)
    assert (last is not None) == (Decimal(budget) * (days + 1) / was_given <= 365)
