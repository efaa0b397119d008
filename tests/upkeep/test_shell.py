"""The shell lays everything on the table that a stranger reaches for."""

import pytest

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from tests import builders

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def test_models_verbs_clock_and_builders_lie_ready(app):
    table = app.make_shell_context()
    assert table["Booking"] is Booking
    assert table["clock"] is clock
    assert table["a_venue"] is builders.a_venue
    assert callable(table["bookings_actions"].cancel)
    assert callable(table["venues_queries"].venue_by_slug)


def test_what_lies_ready_works(app):
    table = app.make_shell_context()
    room = table["a_room"](table["a_venue"]("meevaart"))
    found = table["venues_queries"].room_by_slug(room.slug)
    assert found.id == room.id
