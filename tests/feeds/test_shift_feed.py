"""A private calendar of one's shifts: steady names, a rising number on a move, nobody else's shifts."""

from datetime import timedelta

import pytest

from buurthuis.bookings.actions import cancel
from buurthuis.foundation.db import db
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.settling import settle
from buurthuis.venues.models import Approval
from tests.builders import a_booking, a_person, a_room, a_venue, friday
from tests.feeds.test_private_feeds import events_at, made
from tests.roster.key_people import a_key_holder
from tests.roster.shifts import the


@pytest.fixture
def evening(app):
    house = a_venue("meevaart", name="De Meevaart")
    return a_booking(a_room(house, approval=Approval.ALWAYS), friday(19, 21))


def test_a_shift_keeps_its_name_and_its_number_rises_when_it_moves(client, sign_in, evening):
    house = evening.venue
    amina, bram = a_key_holder(house, "Amina"), a_key_holder(house, "Bram")
    duties.take(the("open", house).id, by=amina)
    duties.take(the("close", house).id, by=bram)
    address = made(sign_in(amina), what="shifts")

    [before] = events_at(client, address)
    assert before.properties["SUMMARY"] == "Openen: De Meevaart"
    assert before.starts_at == friday(18.75, 19).start

    evening.from_at += timedelta(hours=1)
    db.session.commit()
    settle()
    [after] = events_at(client, address)
    assert (after.properties["UID"], after.starts_at) == (
        before.properties["UID"],
        friday(19.75, 20).start,
    )
    assert int(after.properties["SEQUENCE"]) > int(before.properties["SEQUENCE"])

    cancel(evening.id, by=evening.booked_by)
    settle()
    [gone] = events_at(client, address)
    assert gone.properties["SUMMARY"] == "VERVALT: Openen: De Meevaart"
    assert int(gone.properties["SEQUENCE"]) > int(after.properties["SEQUENCE"])


def test_only_who_is_on_a_roster_is_offered_it(app, sign_in):
    assert "My shifts" in sign_in(a_key_holder(a_venue())).get("/me").text
    assert "My shifts" not in sign_in(a_person("Dirk")).get("/me").text
