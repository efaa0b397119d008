"""Odd days, odd houses: pages of a board say what they do not know, and claim nothing beside it."""

import re
from datetime import timedelta

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.rules.figures import displacement
from buurthuis.rules.standing import Kind
from tests.builders import (
    FRIDAY,
    a_confirmed_booking,
    a_person,
    a_recognition,
    a_role,
    a_venue,
    an_initiative,
    friday,
)

AFTERWARDS = "2026-04-20 10:00Z"
A_DAY, WEEK = timedelta(days=1), timedelta(days=7)
KEPT = "Residents keep their place"


@pytest.fixture
def board(room, sign_in):
    """Chandra looks at a house with three evenings of a group of residents."""
    chandra, bram = a_person("Chandra"), a_person("Bram")
    a_role(chandra, RoleName.BOARD)
    repair = an_initiative(bram, name="Repair café")
    a_recognition(repair, Kind.RESIDENT_INITIATIVE)
    for week in range(3):
        a_confirmed_booking(room, friday(19, 21, weeks=week), by=bram, for_=repair)
    with time_machine.travel(AFTERWARDS, tick=False):
        yield sign_in(chandra)


def told(board, address):
    page = board.get(f"/board{address}")
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_of_few_hours_nobody_says_that_residents_keep_their_place(board):
    page = told(board, "/equity?year=2026")

    assert "Residents have 100% of the busy hours. These are too few hours to compare." in page
    assert KEPT not in page


def test_where_nobody_used_the_busy_hours_nothing_is_claimed(board):
    page = told(board, "/equity?from=2026-03-29&until=2026-03-29")

    assert "Nobody used the busy hours in these days." in page
    assert KEPT not in page


def test_of_one_standing_nothing_is_said_of_all_residents(board):
    assert "of the busy hours." not in told(board, "/equity?year=2026&standing=private")


def test_of_enough_hours_it_is_said_that_residents_keep_their_place(board, monkeypatch):
    monkeypatch.setattr(displacement, "ENOUGH_MINUTES", 60)
    week = f"from={FRIDAY + WEEK}&until={FRIDAY + 2 * WEEK - A_DAY}"

    assert KEPT in told(board, f"/equity?{week}")


@pytest.mark.parametrize("path", ["", "/use", "/figures", "/figures/BENUT", "/figures/NIEUW"])
def test_of_today_nothing_is_over_and_every_page_says_so(board, path):
    assert "Nothing is over yet" in told(board, f"{path}?from=2026-04-20&until=2026-05-20")
    assert "Nothing is over yet" not in told(board, f"{path}?from=2026-04-19&until=2026-05-20")


def test_days_before_the_first_booking_are_said_to_be_unknown(board, venue):
    sentence = "We know of no bookings in these days."

    assert f"{sentence} The first one was on Friday 13 March 2026." in told(board, "?year=2010")
    assert sentence in told(board, "/use?from=2026-03-12&until=2026-03-12")
    assert sentence not in told(board, "/use?from=2026-03-12&until=2026-03-13")


def test_a_house_without_rooms_and_bookings_says_so(board):
    a_venue("leeg", name="Leeg huis")

    assert "We know of no bookings in these days." in told(board, "?venue=leeg&year=2026")


def test_a_single_day_is_called_by_its_own_name(board):
    assert "Figures of Friday 13 March 2026 " in told(board, "?from=2026-03-13&until=2026-03-13")
