"""The waiting list: the line is fair, and an offer leaves time to think and time to come."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.rules.waiting import (
    LAST_ANSWER_BEFORE_START,
    LONGEST_OFFER,
    SHORTEST_OFFER,
    InLine,
    Turn,
    can_still_wait,
    offer_until,
    place_in_line,
    smallest_first,
    stands_before,
    turn_of,
)

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "waiting.md"


def rows_under(heading):
    """The rows of the table of the page that begins with this heading."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(f"| {heading} ")
    table = rest.partition("\n\n")[0].splitlines()[2:]
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in table]


NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("hours_ahead", "stands"), rows_under("hours until the start"))
def test_an_offer_stands_as_long_as_the_page_says(hours_ahead, stands):
    until = offer_until(now=NOW, starts_at=NOW + float(hours_ahead) * HOUR)

    assert (until is None) == (stands == "no offer")
    assert until is None or (until - NOW) / HOUR == float(stands)


@given(st.timedeltas(timedelta(), timedelta(days=90)), st.integers(0, 59))
def test_an_offer_leaves_time_to_think_and_time_to_come(ahead, second):
    now = NOW + timedelta(seconds=second)
    until = offer_until(now=now, starts_at=now + ahead)

    assert can_still_wait(now=now, starts_at=now + ahead) is (until is not None)
    if until is not None:
        assert SHORTEST_OFFER <= until - now <= LONGEST_OFFER
        assert until <= now + ahead - LAST_ANSWER_BEFORE_START
        assert until.second == 0


def turn(offer=None, *, until=None, has_left=False, ahead=24 * HOUR):
    return turn_of(
        offer=offer, offered_until=until, has_left=has_left, starts_at=NOW + ahead, now=NOW
    )


@pytest.mark.parametrize(("offer", "stands"), rows_under("what became of the offer"))
def test_how_a_wish_stands_follows_from_what_became_of_its_offer(offer, stands):
    until = NOW + HOUR if "before" in offer else NOW
    offers = [Status(word) for word in re.findall("`([a-z_]+)`", offer)] or [None]

    assert {turn(each, until=until) for each in offers} == {Turn(stands)}


def test_who_left_waits_no_more_and_near_the_start_nobody_does():
    assert turn(has_left=True) is Turn.LEFT
    assert turn(ahead=HOUR) is Turn.OVER
    assert turn(Status.HELD) is Turn.MISSED


def wish(number, start, end, *spaces):
    return InLine(number, Period(NOW + start * HOUR, NOW + end * HOUR), frozenset(spaces))


def test_only_who_joined_earlier_and_wants_the_same_stands_before():
    own = wish(5, 10, 12, 1, 2)

    assert stands_before(wish(4, 11, 13, 2), own)
    assert not stands_before(wish(6, 11, 13, 2), own)
    assert not stands_before(wish(4, 12, 13, 2), own)
    assert not stands_before(wish(4, 11, 13, 3), own)


lines = st.lists(
    st.builds(
        lambda start, length, spaces: (start, start + length, spaces),
        st.integers(0, 20),
        st.integers(1, 5),
        st.sets(st.integers(1, 4), min_size=1),
    ),
    min_size=1,
    max_size=12,
)


@given(lines)
def test_the_first_to_join_is_first_and_leaving_moves_nobody_back(drawn):
    line = [wish(number, *edges[:2], *edges[2]) for number, edges in enumerate(drawn)]
    places = {each.number: place_in_line(each, line) for each in line}

    assert places[0] == 1
    for gone in line:
        left = [each for each in line if each is not gone]
        assert all(place_in_line(each, left) <= places[each.number] for each in left)


def test_the_smallest_room_that_fits_is_tried_first():
    rooms = [(1, 60), (2, 15), (3, 5), (4, 15)]

    assert smallest_first(rooms, 10) == [2, 4, 1]
    assert smallest_first(rooms, None) == [3, 2, 4, 1]
    assert smallest_first(rooms, 100) == []
