"""The geometry of pictures: what is more stands higher, and nothing leaves the drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.statistics.charts import (
    BOTTOM,
    HEIGHT,
    LEFT,
    TOP,
    WIDTH,
    columns,
    heat,
    lines,
    marks_up_to,
    share_of_width,
)

NUMBERS = st.floats(0, 1e9)


@pytest.mark.parametrize(
    ("highest", "marks"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (4, [0, 2, 4]),
        (1180, [0, 500, 1000, 1500]),
        (90, [0, 50, 100]),
    ],
)
def test_marks_are_round(highest, marks):
    assert marks_up_to(highest) == marks


@given(NUMBERS)
def test_the_last_mark_is_not_below_the_highest(highest):
    marks = marks_up_to(highest)

    assert marks[-1] >= highest
    assert 2 <= len(marks) <= 4


def test_blocks_of_a_column_stand_on_each_other():
    first, second = columns([[30, 70]]).blocks

    assert (first.tone, second.tone) == (0, 1)
    assert first.y + first.height == HEIGHT - BOTTOM
    assert second.y + second.height == pytest.approx(first.y)
    assert second.height > first.height


def test_what_is_nothing_has_no_block():
    assert [each.tone for each in columns([[0, 5, 0]]).blocks] == [1]
    assert columns([]).blocks == ()


@given(st.lists(st.lists(NUMBERS, min_size=1, max_size=7), min_size=1, max_size=12))
def test_columns_stay_on_the_drawing(stacks):
    drawn = columns(stacks)

    assert len(drawn.middles) == len(stacks)
    assert all(each.x >= LEFT and each.x + each.width <= WIDTH for each in drawn.blocks)
    assert all(each.y >= TOP - 0.1 and each.height >= 0 for each in drawn.blocks)


def test_a_line_has_a_gap_where_nothing_is_known():
    drawn = lines([[1, None, 3], [2, 2, 2]])

    assert drawn.paths[0].count("M") == 2
    assert drawn.paths[1].count("M") == 1
    assert len(drawn.points) == 2


def test_more_stands_higher():
    low, high = lines([[1, 3]]).points

    assert high[1] < low[1]


def test_no_lines_is_an_empty_drawing():
    assert (lines([]).paths, lines([]).points) == ((), ())


def test_a_heat_map_is_darker_where_it_is_fuller():
    drawn = heat([[None, 0.0, 0.05, 0.5, 1.0]])

    assert [each.level for each in drawn.cells] == [0, 0, 1, 3, 5]
    assert drawn.cells[-1].x + drawn.width == pytest.approx(WIDTH, abs=0.2)
    assert (len(drawn.columns), len(drawn.rows)) == (5, 1)


def test_a_quiet_house_has_its_darkest_hour_too():
    assert [each.level for each in heat([[0.01, 0.1]]).cells] == [1, 5]
    assert [each.level for each in heat([[None, 0.0]]).cells] == [0, 0]


def test_a_bar_reaches_no_further_than_its_end():
    assert [share_of_width(each, 80) for each in (-1, 20, 90)] == [0, 25, 100]
    assert share_of_width(5, 0) == 0
