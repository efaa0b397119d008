"""What an invoice still asks, how it stands, and how old that is."""

from datetime import date, timedelta

import pytest

from buurthuis.rules.paying.open_items import State, age, state, still_open

DUE = date(2026, 3, 16)


def test_an_invoice_asks_its_total_less_what_settled_it():
    assert still_open(5000, []) == 5000
    assert still_open(5000, [2000, 3000]) == 0
    assert still_open(5000, [5000, 1000, -500]) == -500


@pytest.mark.parametrize(
    ("still", "days", "how"),
    [
        (5000, 0, State.OPEN),
        (3000, 0, State.PART_PAID),
        (3000, 1, State.OVERDUE),
        (0, 99, State.SETTLED),
        (-1, 99, State.TO_GIVE_BACK),
    ],
)
def test_how_an_invoice_of_50_euros_stands(still, days, how):
    assert state(5000, still, DUE, DUE + timedelta(days=days)) is how


@pytest.mark.parametrize(
    ("days", "place"),
    [(-9, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)],
)
def test_how_old_an_open_item_is(days, place):
    assert age(DUE, DUE + timedelta(days=days)) == place
