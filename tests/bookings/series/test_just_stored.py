"""What a verb hands out of the days that it has just stored: it reads as those days do."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect

from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import actions
from buurthuis.bookings.series.wishes import Choices
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from tests.builders import FRIDAY, a_series, a_series_wish, an_extra

FRIDAYS = [FRIDAY + timedelta(weeks=week) for week in range(4)]
SAID = {
    "title": "Zoë’s koor",
    "remark": 'Graag 12 stoelen \\ "rond"\n',
    "is_public": True,
    "people": None,
}


def stored(light):
    """The booking itself, read anew."""
    db.session.expire_all()
    return db.session.get_one(Booking, light.id)


def test_it_tells_all_that_was_stored(place):
    coffee = an_extra(place.venue, "coffee", stock=None)
    wish = a_series_wish(extras=(Wanted(coffee.id, 2),), **SAID)
    choices = Choices(left_out=frozenset({FRIDAYS[1]}), elsewhere={FRIDAYS[2]: place.small})
    made = actions.book_series(place.hall, wish, choices=choices, **place.us)

    told = [each.key for each in inspect(Booking).attrs if each.key != "messages"]
    also = ["period", "starts_setting_up_at", "is_cleared_at", "normal_cents", "is_live"]
    for light in made.just_booked:
        said = {name: getattr(light, name) for name in (*told, *also)}
        kept = stored(light)
        for name in ("room", "venue"):
            assert said.pop(name).id == getattr(kept, name).id
        assert [each.quantity for each in said.pop("extras")] == [2]
        assert said == {name: getattr(kept, name) for name in said}
        assert type(said["status"]) is type(kept.status)
    assert [each.room_id for each in made.just_booked] == [
        place.hall.id,
        place.small.id,
        place.hall.id,
    ]


def test_what_it_was_not_told_the_booking_itself_answers(place):
    light = a_series(place.hall, **place.us).just_booked[0]

    assert light.messages == []
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = light.nothing_like_it


def test_it_changes_nothing(place):
    light = a_series(place.hall, **place.us).just_booked[0]

    with pytest.raises(TypeError):
        light.title = "Something else"


def test_a_single_day_is_a_booking_like_any_other(place):
    [only] = a_series(place.hall, "FREQ=WEEKLY;COUNT=1", **place.us).just_booked

    assert isinstance(only, Booking)
