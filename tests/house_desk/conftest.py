"""A house with two rooms and its manager at the desk."""

import pytest

from tests.builders import a_manager, a_room, a_venue
from tests.pages.reading import filled_in
from tests.venues.counting import counted as counting


@pytest.fixture
def venue(app):
    return a_venue("de-meevaart", name="De Meevaart", phone="020-555 0101", street="Plein 1")


@pytest.fixture
def room(venue):
    return a_room(venue, slug="zaal", name="Zaal")


@pytest.fixture
def studio(venue, room):
    return a_room(venue, slug="atelier", name="Atelier", capacity=8)


@pytest.fixture
def amina(venue):
    return a_manager(venue, "Amina")


@pytest.fixture
def desk(amina, sign_in):
    return sign_in(amina)


@pytest.fixture
def house(desk, room, studio):
    """Opens a page about the house, or sends its form as a browser would."""
    return House(desk)


class House:
    """The manager's browser at the pages about the house."""

    address = "/houses/de-meevaart/house"

    def __init__(self, desk):
        self.desk = desk

    def get(self, page=""):
        return self.desk.get(f"{self.address}{page}")

    def post(self, page, **typed):
        return self.desk.post(f"{self.address}{page}", data=typed)

    def fill_in(self, page, /, **typed):
        """Open a form, change some of it, send it, and go where it leads."""
        drawn = self.get(page)
        assert drawn.status_code == 200, drawn.text
        return self.desk.post(
            f"{self.address}{page}", data=filled_in(drawn, **typed), follow_redirects=True
        )


@pytest.fixture
def counted(app):
    """Counts the questions to the database that something asks."""

    def count(deed):
        with counting() as asked:
            deed()
        return len(asked)

    return count
