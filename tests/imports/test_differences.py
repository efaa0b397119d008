"""What differs between two houses is told, all of it and nothing else."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from buurthuis.imports.differences import Difference, HoursOf, RateOf, differences
from buurthuis.imports.house import House, HouseContact, HouseHours, HouseNotice, HousePhoto
from tests.imports.strategies import houses
from tests.imports.test_bringing_in import CARD, HOUSE, card, closed, room

MONDAY = HoursOf("", "", 0)


def told(**changes: object) -> list[Difference]:
    return differences(HOUSE, replace(HOUSE, **changes))


def test_a_house_does_not_differ_from_itself():
    assert told() == []


def test_a_shorter_monday_is_told_with_what_it_was():
    shorter = (HouseHours(0, 9 * 60, 21 * 60), *HOUSE.opening_hours[1:])

    (found,) = told(opening_hours=shorter)

    assert found == Difference("hours", MONDAY, ((480, 1380),), ((540, 1260),))


def test_a_day_on_which_the_house_closes_has_no_hours_any_more():
    (found,) = told(opening_hours=HOUSE.opening_hours[1:])

    assert (found.old, found.new) == (((480, 1380),), None)


def test_fields_are_told_by_their_names():
    found = told(name="Het huis", who_opens="Amina", contact=HouseContact(phone="020-555 0199"))

    assert found == [
        Difference("about", "name", "Proefhuis", "Het huis"),
        Difference("about", "who_opens", "", "Amina"),
        Difference("contact", "phone", "", "020-555 0199"),
    ]


def test_rooms_come_go_change_and_stand_in_another_order():
    west, hal, zolder = replace(room("west"), capacity=30), HOUSE.rooms[0], room("zolder")
    hal = replace(hal, parts=("west",))

    found = told(rooms=(west, hal, zolder), rate_cards=())

    assert Difference("room", "Oost", HOUSE.rooms[1], None) in found
    assert Difference("room", "Zolder", None, zolder) in found
    assert Difference("room_field", ("Hal", "parts"), ("oost", "west"), ("west",)) in found
    assert Difference("order", None, ("Hal", "Oost", "West"), ("West", "Hal", "Zolder")) in found


def test_what_hangs_on_the_wall_is_told():
    notice, photo = HouseNotice("Feest", date(2026, 3, 2)), HousePhoto("a.jpg", "De zaal")
    other = HousePhoto("b.jpg", "De keuken")
    before = replace(HOUSE, photos=(photo, other), notices=(notice,))

    assert differences(HOUSE, before) == [
        Difference("notice", None, None, notice),
        Difference("photo", None, None, photo),
        Difference("photo", None, None, other),
    ]
    turned = replace(before, photos=(other, replace(photo, alt="De zaal, vol")))
    assert differences(before, turned) == [
        Difference("photo_words", None, "De zaal", "De zaal, vol"),
        Difference("photo_order", None, None, None),
    ]


def test_a_closure_and_a_price_are_told():
    closure = closed(9, 18, "oost")
    dearer = card(CARD.valid_from, hal=3000, oost=2000, west=2500)

    found = told(closures=(closure,), rate_cards=(dearer,))

    rate = RateOf(CARD.valid_from, "west", "West", "hour", "", None, None)
    assert [(each.kind, each.what) for each in found] == [("closure", None), ("rate", rate)]
    assert (found[1].old.cents, found[1].new.cents) == (2000, 2500)


@given(before=houses(), after=houses())
def test_two_houses_differ_in_something_unless_they_are_equal(before: House, after: House):
    assert bool(differences(before, after)) == (before != after)


@given(house=houses())
def test_nobody_differs_from_themselves(house: House):
    assert differences(house, replace(house)) == []
