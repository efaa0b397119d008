"""The house whose discounts are told, who manages it, and who comes to it."""

import pytest
from flask import Flask

from buurthuis.accounts.models import Person
from buurthuis.venues.models import Venue
from tests.builders import a_manager, a_person, a_venue


@pytest.fixture
def house(app: Flask) -> Venue:
    return a_venue("de-meevaart", name="De Meevaart")


@pytest.fixture
def nadia(house: Venue) -> Person:
    return a_manager(house, "Nadia")


@pytest.fixture
def bram(app: Flask) -> Person:
    return a_person("Bram")
