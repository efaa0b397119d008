"""What tests of paying share: a house that can be paid online, and a room in it."""

import pytest

from buurthuis.bookings import paying
from buurthuis.rules.paying.ways import Way
from buurthuis.venues.models import Approval
from tests.bookings.paying.offering import offers
from tests.builders import a_person, a_room, a_venue, an_initiative


@pytest.fixture
def online(monkeypatch):
    """Every house has an account with the provider."""
    monkeypatch.setattr(paying, "_online", [lambda _slug: True])


@pytest.fixture
def venue(app):
    """A house that lets groups pay online, on invoice and at the desk."""
    house = a_venue("de-meevaart")
    offers(house, Way.ONLINE, Way.INVOICE, Way.DESK)
    return house


@pytest.fixture
def room(venue):
    """A room of €10.00 an hour that says yes at once."""
    return a_room(venue, slug="garden-room", approval=Approval.ALWAYS)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def repair_cafe(bram):
    return an_initiative(bram)
