"""One group asks for twenty rooms at one moment and may have five: exactly five are given."""

import pytest

from buurthuis.accounts.tokens import make_token
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.prime_time import Per
from buurthuis.rules.states import LIVE
from buurthuis.venues.models import Approval
from tests.builders import a_person, a_room, a_venue, an_initiative, fair_use
from tests.race.test_race import a_booking_of, all_at_once

pytestmark = pytest.mark.race


def test_twenty_wishes_of_one_group_keep_to_a_quota_of_five(real, server):
    venue = a_venue()
    fair_use(venue, prime=False, quotas=[{"per": Per.MONTH, "most_bookings": 5}])
    rooms = [a_room(venue, approval=Approval.ALWAYS) for _ in range(20)]
    bram = a_person("Bram")
    group = an_initiative(bram)
    token = make_token(bram, "race")
    knocks = [a_booking_of(room.slug, group.id, token, 12, 13) for room in rooms]
    db.session.commit()

    answers = all_at_once(server, knocks)

    assert [status for status, _ in answers].count(201) == 5
    refused = [body for status, body in answers if status != 201]
    assert {body["status"] for body in refused} == {422}
    assert all("5" in body["errors"]["from"][0] for body in refused)
    assert sum(booking.status in LIVE for booking in db.session.query(Booking)) == 5
