"""What a reader of discounts learns: own names of standings, and of private people only the sums."""

from datetime import date

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import Standing
from tests.builders import (
    a_card,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_role,
    a_room,
    an_initiative,
    friday,
)

PAGES = ("/houses/de-meevaart/discounts", "/houses/de-meevaart/discounts.csv")
OF_ALL = ("/board/discounts", "/board/discounts.csv")


@pytest.fixture
def board(app, sign_in):
    chandra = a_person("Chandra")
    a_role(chandra, RoleName.BOARD)
    return sign_in(chandra)


def test_what_was_written_about_a_private_person_is_not_for_the_board(house, bram, board, sign_in):
    alone = an_initiative(bram, name="Bram de Vries", kind=Kind.PRIVATE)
    written = {"reason": "Has little money.", "reference": "Letter 12"}
    a_recognition(alone, Kind.RESIDENT_INITIATIVE, venue=house, **written)
    a_confirmed_booking(a_room(house), friday(9, 11), by=bram, for_=alone)

    for page in (*PAGES, OF_ALL[1]):
        text = board.get(f"{page}?year=2026").text
        assert "little money" not in text, page
        assert "Letter 12" not in text, page
    desk = sign_in(a_manager(house, "Nadia"))
    assert "Has little money. Letter 12." in desk.get(PAGES[0]).text


def test_a_standing_of_a_house_of_its_own_has_its_name_everywhere(house, bram, board):
    group = an_initiative(bram)
    card = a_card(house)
    card.standings.append(Standing(kind="stadsdorp", label="Het Stadsdorp", percentage_bp=0))
    a_recognition(group, "stadsdorp", venue=house)
    a_confirmed_booking(a_room(house), friday(9, 11), by=bram, for_=group)
    a_card(house, valid_from=date(2026, 3, 2))

    for page in (*PAGES, *OF_ALL):
        assert "Het Stadsdorp" in board.get(f"{page}?year=2026").text, page


@pytest.mark.parametrize(("year", "beyond"), [(2000, 1999), (2029, 2030)])
def test_no_way_leads_to_a_year_in_which_nobody_books(house, board, year, beyond):
    page = board.get(f"{PAGES[0]}?year={year}").text

    assert f"year={beyond}" not in page
    assert f"Discount in {year}" in page
