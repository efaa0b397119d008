"""The page about the house file tells every key, and its example can be imported."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from buurthuis.imports import house_file
from buurthuis.imports.house import HouseBooking, HouseContact, HouseLegal
from buurthuis.imports.house_reader import read_house
from buurthuis.rules.standing import Kind
from buurthuis.venues.decisions import Matter
from buurthuis.venues.models import Approval, Feature

PAGE = (Path(__file__).parents[2] / "docs" / "house-file.md").read_text()


def test_the_example_on_the_page_can_be_imported():
    (example,) = re.findall(r"```toml\n(.+?)```", PAGE, re.DOTALL)

    house = read_house(example)

    assert (house.slug, len(house.rooms), house.opening_hours[0].closes) == ("ons-huis", 1, 1500)


def test_every_key_of_an_export_is_on_the_page():
    texts = [file.read_text() for file in house_file.DEMO_HOUSES.glob("*.toml")]
    keys = set(re.findall(r"^([a-z_0-9]+) = ", "\n".join(texts), re.MULTILINE))

    assert {key for key in keys if f"`{key}`" not in PAGE} == set()


@pytest.mark.parametrize("words", [Feature, Approval, Kind, Matter])
def test_every_word_to_choose_is_on_the_page(words):
    assert [word for word in words if word.value not in PAGE] == []


def test_what_a_house_asks_is_on_the_page():
    for table in (HouseBooking, HouseContact, HouseLegal):
        assert [each.name for each in fields(table) if f"`{each.name}`" not in PAGE] == []
