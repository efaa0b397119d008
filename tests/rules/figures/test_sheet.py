"""Sheets add up, are told as text and read again, and keep what is of one room, standing or theme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.figures.folding import fold
from buurthuis.rules.figures.keeping import EVERYTHING, Keeps
from buurthuis.rules.figures.sheet import Sheet, Table, together
from buurthuis.rules.figures.sheet_file import digest, sheet_from, sheet_text
from tests.rules.figures.strategies import A_DAY, facts


def a_sheet(**numbers: int) -> Sheet:
    sheet = Sheet()
    for standing, number in numbers.items():
        sheet.count(Table.TIME, (1, 2, standing, "food"), number, 0, 0, 0)
    return sheet


def test_rows_of_the_same_key_are_added_and_empty_ones_not_kept():
    sheet = a_sheet(private=3, commercial=0)
    sheet.add(a_sheet(private=4, internal=5))

    rows = sheet.tables[Table.TIME]
    assert {key[2]: row[0] for key, row in rows.items()} == {"private": 7, "internal": 5}
    assert sheet != "a sheet"


def test_adding_leaves_what_was_added_as_it_was():
    first, other = a_sheet(private=3), a_sheet(private=4)

    both = together([first, other, other])
    both.count(Table.TIME, (1, 2, "private", "food"), 1, 0, 0, 0)

    assert both == a_sheet(private=12)
    assert (first, other) == (a_sheet(private=3), a_sheet(private=4))


@given(facts())
def test_a_sheet_is_read_again_as_it_was_told(house):
    sheet = fold(*house)

    assert sheet_from(sheet_text(sheet)) == sheet


@given(facts())
def test_equal_sheets_have_one_text_in_whatever_order_they_were_made(house):
    about, day = house
    days = [fold(about, each) for each in (day - A_DAY, day, day + A_DAY)]

    one, other = together(days), together(reversed(days))

    assert sheet_text(one) == sheet_text(other)
    assert digest(one) == digest(other)


def test_another_sheet_has_another_fingerprint():
    assert digest(a_sheet(private=3)) != digest(a_sheet(private=4))
    assert len(digest(Sheet())) == 64


def test_the_text_is_short():
    assert sheet_text(a_sheet(private=3)) == '{"time":[[1,2,"private","food",3,0,0,0]]}'


TIME = (1, 2, "private", "food")
COUNTS = (1, 9, "private", "food")
GROUPS = (1, 5, 9, "private", "food")


@pytest.mark.parametrize(
    ("keeps", "kept"),
    [
        (EVERYTHING, "time counts groups building spaces"),
        (Keeps(standing="private"), "time counts groups building spaces"),
        (Keeps(standing=""), "building spaces"),
        (Keeps(theme="food"), "time counts groups building spaces"),
        (Keeps(theme="health"), "building spaces"),
        (Keeps(theme="food", standing="commercial"), "building spaces"),
        (Keeps(room=9, spaces=frozenset({2})), "time counts groups building spaces"),
        (Keeps(room=9, spaces=frozenset({3})), "counts groups building"),
        (Keeps(room=8, spaces=frozenset({2})), "time building spaces"),
    ],
    ids=str,
)
def test_what_is_of_one_room_standing_or_theme_is_kept(keeps, kept):
    keys = {
        Table.TIME: TIME,
        Table.COUNTS: COUNTS,
        Table.GROUPS: GROUPS,
        Table.BUILDING: (1,),
        Table.SPACES: (1, 2),
    }

    assert [table for table, key in keys.items() if keeps.keeps(table, key)] == kept.split()


def test_only_a_question_about_everything_is_about_no_part():
    assert not EVERYTHING.is_part
    assert Keeps(room=1).is_part
    assert not Keeps(room=1).is_of_some
    assert Keeps(theme="").is_of_some
    assert Keeps(room=1, standing="private").of_any_standing == Keeps(room=1)


@given(st.sampled_from(Table))
def test_one_can_go_through_what_is_kept_of_a_table(table):
    sheet = Sheet({table: {(1, 2): [3], (2, 2): [4]}})

    assert list(sheet.only(table, lambda key: key[0] == 2)) == [((2, 2), [4])]
