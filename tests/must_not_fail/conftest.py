"""A hall of two parts in a house, Bram with his repair café, and the manager of the house."""

from dataclasses import dataclass

import pytest

from buurthuis.accounts.models import Initiative, Person
from buurthuis.venues.models import Room, Venue
from tests.accounts.conftest import limits
from tests.builders import a_manager, a_person, a_room, a_venue, an_initiative

__all__ = ["limits"]


@dataclass
class House:
    """Who and what a test needs."""

    venue: Venue
    west: Room
    east: Room
    hall: Room
    manager: Person
    bram: Person
    cafe: Initiative


@pytest.fixture
def house(app) -> House:
    """A house that answers requests itself, with half an hour between two groups in its hall."""
    venue = a_venue("buurtkamer")
    west, east = a_room(venue, slug="west"), a_room(venue, slug="oost")
    hall = a_room(venue, slug="hal", parts=[west, east], turnover_minutes=30)
    bram = a_person("Bram", "bram@people.example")
    cafe = an_initiative(bram)
    return House(venue, west, east, hall, a_manager(venue), bram, cafe)
