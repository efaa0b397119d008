"""A house with two rooms that confirm by themselves, and a choir that wants the large one."""

from dataclasses import dataclass

import pytest

from buurthuis.accounts.models import Initiative, Person
from buurthuis.venues.models import Approval, Room, Venue
from tests.builders import a_manager, a_person, a_room, a_venue, an_initiative


@dataclass
class Place:
    """Who and where."""

    venue: Venue
    hall: Room
    small: Room
    bram: Person
    choir: Initiative
    amina: Person

    @property
    def us(self):
        """Bram books for the choir."""
        return {"by": self.bram, "for_": self.choir}


@pytest.fixture
def place(app):
    venue = a_venue("blue")
    hall = a_room(venue, slug="hall", approval=Approval.ALWAYS, capacity=40)
    small = a_room(venue, slug="small", approval=Approval.ALWAYS, capacity=12, hourly_cents=500)
    bram = a_person("Bram")
    return Place(venue, hall, small, bram, an_initiative(bram, name="Koor"), a_manager(venue))
