"""A house with a key, an evening, two key-holders and a coordinator, for tests of who does a shift."""

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.venues.models import Approval
from tests.builders import a_booking, a_person, a_role, a_room, a_venue, friday
from tests.roster.key_people import a_key_holder, a_lock, always_can


@pytest.fixture
def house(app):
    return a_venue("meevaart", name="De Meevaart", email="huis@meevaart.example")


@pytest.fixture
def lock(house):
    return a_lock(house)


@pytest.fixture
def hall(house):
    return a_room(house, slug="zaal", approval=Approval.ALWAYS)


@pytest.fixture
def evening(hall):
    return a_booking(hall, friday(19, 21))


def willing(house, lock, name, **facts):
    """Somebody who holds a key and can always."""
    person = a_key_holder(house, name, lock=lock, **facts)
    always_can(person)
    return person


@pytest.fixture
def amina(house, lock):
    return willing(house, lock, "Amina")


@pytest.fixture
def bram(house, lock):
    return willing(house, lock, "Bram")


@pytest.fixture
def nadia(house):
    person = a_person("Nadia")
    a_role(person, RoleName.COORDINATOR, house)
    return person
