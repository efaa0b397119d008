"""A house that told where it wants its money, its treasurer at the desk, and Bram, who pays."""

import pytest

from tests.builders import a_person, a_venue
from tests.payments.builders import a_group, a_paying_room, a_treasurer, an_account


@pytest.fixture
def venue(app):
    house = a_venue("de-meevaart", name="De Meevaart")
    an_account(house)
    return house


@pytest.fixture
def room(venue):
    return a_paying_room(venue, name="Lesruimte 1")


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def repair(bram):
    return a_group(bram)


@pytest.fixture
def treasurer(venue):
    return a_treasurer(venue)


@pytest.fixture
def desk(treasurer, sign_in):
    """The browser of the treasurer."""
    return sign_in(treasurer)


@pytest.fixture
def own(bram, sign_in):
    """The browser of Bram."""
    return sign_in(bram)
