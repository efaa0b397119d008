"""Charges: what comes on top of a room."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from buurthuis.rules.charges import (
    ALWAYS,
    ExtraRate,
    Measure,
    Surcharge,
    Window,
    extra_charges,
    minutes_in,
    surcharge_on,
)
from tests.rules.moments import AUTUMN, FRIDAY, SPRING, span
from tests.rules.rates import evenings, surcharges

LATE = Window(starts=22 * 60, ends=26 * 60)
FRIDAYS = Window(frozenset({4}), 22 * 60, 26 * 60)


@pytest.mark.parametrize(
    ("starts", "ends", "minutes"), [(19, 22, 0), (19, 23, 60), (20, 30, 240), (1, 3, 60)]
)
def test_an_evening_that_passes_midnight_is_one_evening(starts, ends, minutes):
    assert minutes_in(span(starts, ends), LATE) == minutes


def test_a_window_belongs_to_the_day_on_which_it_begins():
    saturday = FRIDAY + timedelta(days=1)

    assert minutes_in(span(1, 3, saturday), FRIDAYS) == 60
    assert minutes_in(span(1, 3), FRIDAYS) == 0


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
def test_the_clock_is_charged_also_when_it_changes(sunday):
    assert minutes_in(span(0, 6, sunday), ALWAYS) == 360


def test_an_extra_counts_what_the_house_says():
    def cents(measure, quantity, people):
        rate = ExtraRate("coffee", measure, 150)
        return [each.cents for each in extra_charges({rate: quantity}, span(10, 11.5), people)]

    assert cents(Measure.PIECE, 3, 12) == [450]
    assert cents(Measure.PERSON, 1, 12) == [1800]
    assert cents(Measure.HOUR, 2, 12) == [600]
    assert cents(Measure.BOOKING, 3, 12) == [150]
    assert cents(Measure.PIECE, 0, 12) == []


def test_what_costs_nothing_has_no_line():
    free = Surcharge("late", Measure.HOUR, 0, LATE)

    assert surcharge_on(free, span(19, 23), 1000) is None
    assert list(extra_charges({ExtraRate("tea", Measure.PIECE, 0): 4}, span(10, 11), None)) == []


@given(evenings(), surcharges)
def test_a_surcharge_is_so_many_times_its_amount(period, surcharge):
    charge = surcharge_on(surcharge, period, 10_000)
    if charge is None:
        return
    assert charge.cents > 0
    assert charge.quantity * charge.unit_cents == Decimal(charge.cents)
    if surcharge.measure is Measure.SHARE:
        assert charge.cents <= surcharge.amount
