"""A house with two managers and a host, and a group with a booking on a Friday."""

import pytest

from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)


@pytest.fixture
def meevaart(app):
    return a_venue("meevaart", name="De Meevaart", email="huis@meevaart.example")


@pytest.fixture
def amina(meevaart):
    return a_manager(meevaart, "Amina")


@pytest.fixture
def chandra(meevaart):
    return a_manager(meevaart, "Chandra")


@pytest.fixture
def bram(meevaart):
    person = a_person("Bram")
    a_role(person, "host", meevaart)
    return person


@pytest.fixture
def group(bram):
    return an_initiative(bram)


@pytest.fixture
def booking(meevaart, bram, group):
    return a_booking(a_room(meevaart), friday(10, 12), by=bram, for_=group)
