"""The letters of a wall sheet: as large as fits, and never a second sheet."""

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules import wall
from buurthuis.rules.wall import HEIGHT_MM, MOST, POINTS, SMALL_POINTS

EVENING = ("19:00–22:00", "Bezet")
LINES = st.lists(st.tuples(st.just("19:00–22:00"), st.text(max_size=120)), max_size=14)


def fit(rows, name="Leslokaal 1"):
    return wall.fit([name] * len(rows), rows)


def test_a_quiet_week_has_large_letters():
    assert fit([[[EVENING]] * 7] * 3).points == max(POINTS)


def test_twelve_rooms_with_two_bookings_a_day_fit_and_can_be_read():
    fitted = fit([[[EVENING] * 2] * 7] * 12)

    assert fitted.points >= 9
    assert all(cell.more == 0 for row in fitted.rows for cell in row)


def test_where_nothing_fits_the_rest_is_counted():
    fitted = fit([[[("19:00–22:00", "A very long title " * 6)] * 12] * 7] * 12)

    assert fit([[[("19:00–22:00", "A very long title " * 6)] * 2] * 7] * 12).rows[0][0].more == 0

    cell = fitted.rows[0][0]
    assert len(cell.lines) + cell.more == 12
    assert cell.more
    assert len(cell.lines) <= MOST


def test_long_names_of_rooms_cost_room_too():
    rows = [[[EVENING]] * 7] * 12

    assert fit(rows, "Multifunctionele ontmoetingsruimte De Achterkamer").points < fit(rows).points


def test_more_rooms_than_a_sheet_holds_get_the_smallest_letters():
    fitted = fit([[[EVENING] * 3] * 7] * 60)

    assert fitted.points == min(SMALL_POINTS)
    assert {len(cell.lines) for row in fitted.rows for cell in row} == {1}


def test_a_house_without_rooms_has_an_empty_sheet():
    assert fit([]).rows == []


@given(st.lists(st.lists(LINES, min_size=7, max_size=7), max_size=9))
def test_whatever_happens_fits_or_is_as_small_as_can_be(rows):
    fitted = fit(rows)

    shown = [len(cell.lines) + cell.more for row in fitted.rows for cell in row]
    assert shown == [len(lines) for row in rows for lines in row]
    height = wall.height(["Leslokaal 1"] * len(rows), fitted.rows, fitted.points)
    is_smallest = fitted.points == min(SMALL_POINTS) and all(
        len(cell.lines) <= 1 for row in fitted.rows for cell in row
    )
    assert height <= HEIGHT_MM or is_smallest
