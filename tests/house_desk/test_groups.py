"""The kinds of groups of a house: renamed, added, taken away, and what each must meet."""

import pytest

from buurthuis.tariffs.queries import card_on, cards_of
from tests.builders import FRIDAY, a_booking, a_person, a_recognition, an_initiative, friday
from tests.pages.reading import error_beside, filled_in

DECIDED = {"decided_on": "2026-02-20", "decided_by": "Vergadering", "valid_from": "2026-03-10"}
PAGE = "/prices/groups"


def kinds(room):
    """What holds on the Friday, by the code: name, part of the price, what it asks."""
    card = card_on(room.venue_id, FRIDAY)
    return {each.kind: (each.label, each.percentage_bp, each.asks) for each in card.standings}


def test_a_house_adds_a_kind_of_its_own_and_says_what_it_asks(house, room):
    house.fill_in(
        PAGE, **DECIDED, name__new="Studenten", pays__new="25", asks__new="open_to_all", kind_new=""
    )

    assert kinds(room)["studenten"] == ("Studenten", 2500, ["open_to_all"])
    class_ = an_initiative(bram := a_person(), kind="private")
    a_recognition(class_, "studenten", venue=room.venue)
    booked = a_booking(room, friday(10, 12), by=bram, for_=class_)
    assert booked.total_cents == booked.list_cents // 4
    assert "25% of the normal price" in house.get("/prices").text


def test_a_kind_that_everybody_knows_gets_another_name_and_keeps_its_code(house, room):
    before = kinds(room)
    house.fill_in(PAGE, **DECIDED, name_resident_initiative="Buren", name__new="Kunst", pays__new="80",
                  kind_new="community_organisation")  # fmt: skip

    assert kinds(room)["resident_initiative"][0] == "Buren"
    assert kinds(room)["resident_initiative"][1:] == before["resident_initiative"][1:]
    assert kinds(room)["community_organisation"][:2] == ("Kunst", 8000)


def test_a_kind_that_is_taken_away_takes_its_own_prices_along(house, room):
    house.fill_in(f"/prices/rooms/{room.slug}?for=social_enterprise", **DECIDED, hour="1")
    house.fill_in(PAGE, **{**DECIDED, "valid_from": "2026-03-11"}, name_social_enterprise="")

    assert "social_enterprise" not in kinds(room)
    assert {each.kind for each in card_on(room.venue_id, FRIDAY).rates} == {None}
    assert len(cards_of(room.venue)) == 3


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"name__new": "Bewoners", "pays__new": "10"}, "name__new", "This name is here twice."),
        ({"name__new": "Kunst", "pays__new": ""}, "pays__new", "Write what part of the price"),
        ({"name__new": "Kunst", "pays__new": "2000"}, "pays__new", "Write"),
        ({"asks_resident_initiative": "money"}, "asks_resident_initiative", "Choose one"),
    ],
)
def test_what_makes_no_sense_is_explained(house, room, typed, field, sentence):
    data = {**filled_in(house.get(PAGE), **DECIDED), **typed}

    answer = house.desk.post(f"/houses/de-meevaart/house{PAGE}", data=data)

    assert answer.status_code == 422
    assert sentence in error_beside(answer, field)
