"""A shift on the phone when its booking moved, when the phone is wrong, and where hosts look after a house."""

from datetime import timedelta

import pytest

from buurthuis.foundation.db import db
from buurthuis.roster.models import Part, RosterRules, ShiftKind
from tests.builders import friday
from tests.roster.evening import a_coordinator, an_evening
from tests.roster.key_people import a_duty, a_key_holder


@pytest.fixture
def evening(app):
    found = an_evening()
    found.nadia = a_coordinator(found.house)
    return found


def test_a_booking_that_moved_far_takes_the_page_of_its_shift_along(evening, sign_in):
    evening.booking.from_at += timedelta(days=5)
    evening.booking.to_at += timedelta(days=5)
    db.session.commit()

    page = sign_in(evening.amina).get(f"/me/tonight/{evening.opening.id}").text
    assert "not needed any more" not in page
    assert "Wednesday 18 March, 18:45 to 19:00" in page
    assert "Grote zaal" in page


def test_of_two_who_close_each_back_up_finds_their_own_shift(evening, sign_in):
    db.session.add(RosterRules(venue_id=evening.house.id, closers=2))
    db.session.commit()
    together = a_key_holder(evening.house, "Carla"), a_key_holder(evening.house, "Bram")
    for person, part in zip(together, (Part.HOLDER, Part.BACKUP), strict=True):
        closing = friday(21, 21.25)
        second = a_duty(
            person, evening.house, evening.booking.id, closing,
            kind=ShiftKind.CLOSE, part=part, place=1,
        )  # fmt: skip

    page = sign_in(together[1]).get(f"/me/tonight/{second.id}").text
    assert "not needed any more" not in page
    assert "You are the back-up" in page
