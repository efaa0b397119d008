"""A house with a room and its manager at the desk, for the tests of the desk and of my page."""

import pytest

from tests.builders import a_manager, a_room, a_venue


@pytest.fixture
def venue(app):
    return a_venue("de-meevaart", name="De Meevaart", phone="020-555 0101")


@pytest.fixture
def room(venue):
    return a_room(venue, name="Lesruimte 1")


@pytest.fixture
def manager(venue):
    return a_manager(venue, "Nadia")


@pytest.fixture
def desk(manager, sign_in):
    return sign_in(manager)
