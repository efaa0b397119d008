"""Finding houses and rooms: what is in use, in which order, and at what price in statements."""

import pytest

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.venues.models import Feature
from buurthuis.venues.queries import all_venues, bookable_rooms, room_by_slug, venue_by_slug
from tests.builders import a_room, a_venue
from tests.venues.counting import counted

pytestmark = pytest.mark.usefixtures("app")


def test_real_houses_come_before_examples():
    a_venue("aaa", is_example=True)
    a_venue("zzz")

    assert [venue.slug for venue in all_venues()] == ["zzz", "aaa"]


def test_an_unknown_house_or_room_is_not_found():
    with pytest.raises(NotFound):
        venue_by_slug("nowhere")
    with pytest.raises(NotFound):
        room_by_slug("nothing")


def test_a_retired_room_is_offered_nowhere():
    room = a_room()
    room.retired_at = clock.now()
    db.session.commit()

    assert bookable_rooms() == []
    with pytest.raises(NotFound):
        room_by_slug(room.slug)


def test_rooms_of_one_house_leave_out_the_other_house():
    mine, other = a_room(), a_room()

    assert bookable_rooms(mine.venue) == [mine]
    assert set(bookable_rooms()) == {mine, other}


def test_thirty_rooms_take_as_many_statements_as_three():
    def statements_for_all() -> int:
        db.session.expire_all()
        db.session.expunge_all()
        with counted() as statements:
            for room in bookable_rooms():
                assert room.spaces
                assert room.features
                assert room.venue.opening_hours
        return len(statements)

    venue = a_venue()
    front, back = (a_room(venue, features=[Feature.WIFI]) for _ in range(2))
    a_room(venue, parts=[front, back], features=[Feature.WIFI])
    few = statements_for_all()
    for _ in range(9):
        venue = a_venue()
        front, back = (a_room(venue, features=[Feature.WIFI]) for _ in range(2))
        a_room(venue, parts=[front, back], features=[Feature.WIFI])

    assert statements_for_all() == few
