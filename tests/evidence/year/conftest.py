"""Two houses, who sits on which board, and what they write down."""

import pytest
from flask import Flask

from buurthuis.accounts.models import Person, RoleName
from buurthuis.venues.models import Venue
from tests.builders import a_manager, a_person, a_role, a_venue


@pytest.fixture
def house(app: Flask) -> Venue:
    return a_venue("de-meevaart", name="De Meevaart")


@pytest.fixture
def elsewhere(app: Flask) -> Venue:
    return a_venue("elsewhere", name="Elsewhere")


@pytest.fixture
def chandra(house: Venue) -> Person:
    """On the board of the house."""
    person = a_person("Chandra")
    a_role(person, RoleName.BOARD, house)
    return person


@pytest.fixture
def board_of_all(app: Flask) -> Person:
    person = a_person("Chandra of all")
    a_role(person, RoleName.BOARD, None)
    return person


@pytest.fixture
def treasurer(house: Venue) -> Person:
    person = a_person("Treasurer")
    a_role(person, RoleName.TREASURER, house)
    return person


@pytest.fixture
def nadia(house: Venue) -> Person:
    return a_manager(house, "Nadia")
