"""A private calendar of one's shifts: steady names, a rising number on a move, nobody else's shifts."""

from datetime import timedelta

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.bookings.actions import cancel
from buurthuis.foundation.db import db
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.holders.models import WeeklyTime
from buurthuis.roster.settling import settle
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Approval
from tests.builders import FRIDAY, a_booking, a_manager, a_person, a_role, a_room, a_venue, friday
from tests.feeds.test_private_feeds import events_at, made
from tests.roster.key_people import a_key_holder, is_away
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


def test_the_coordinator_sees_what_nobody_does_and_the_key_holder_what_they_can_take(
    client, sign_in, evening
):
    house = evening.venue
    cora = a_person("Cora")
    a_role(cora, RoleName.COORDINATOR, house)
    amina, dina = a_key_holder(house, "Amina"), a_key_holder(house, "Dina")
    is_away(dina, FRIDAY, FRIDAY)
    nobody = made(sign_in(cora), what=f"unfilled:{house.id}")
    free = made(sign_in(amina), what="to_take")
    away = made(sign_in(dina), what="to_take")
    mine = made(sign_in(amina), what="shifts")

    first, last = events_at(client, nobody)
    assert first.properties["SUMMARY"] == "NOG NIEMAND: Openen: De Meevaart"
    assert (first.starts_at, last.ends_at) == (friday(18.75, 19).start, friday(20, 21.25).end)
    for name, value in (("STATUS", "TENTATIVE"), ("TRANSP", "TRANSPARENT"), ("CLASS", "PRIVATE")):
        assert first.properties[name] == value
    week = first.properties["URL"].removeprefix("http://localhost")
    assert "Nobody yet" in sign_in(cora).get(week).text
    assert [each.properties["SUMMARY"] for each in events_at(client, free)] == [
        "VRIJ: Openen: De Meevaart",
        "VRIJ: Afsluiten: De Meevaart",
    ]
    assert events_at(client, away) == []

    sometimes = WeeklyTime(person_id=amina.id, weekday=4, starts_minute=1110, ends_minute=1200)
    db.session.add(sometimes)
    assert [each.properties["UID"] for each in events_at(client, free)] == [first.properties["UID"]]
    db.session.delete(sometimes)

    duties.take(the("open", house).id, by=amina)

    assert [each.properties["UID"] for each in events_at(client, nobody)] == [
        last.properties["UID"]
    ]
    [own] = events_at(client, mine)
    assert own.properties["SUMMARY"] == "Openen: De Meevaart"
    assert [each.properties["UID"] for each in events_at(client, free)] == [last.properties["UID"]]

    duties.take(the("open", house).id, by=dina, part=Part.BACKUP)
    [stands_by] = events_at(client, made(sign_in(dina), what="shifts"))
    assert stands_by.properties["SUMMARY"] == "Openen: De Meevaart (achtervang)"

    db.session.delete(cora.roles[0])
    db.session.commit()
    assert client.get(nobody).status_code == 404


def test_everybody_is_offered_what_they_may_see(app, sign_in):
    house = a_venue("meevaart")
    cora = a_person("Cora")
    a_role(cora, RoleName.COORDINATOR, house)
    offered = {
        who.name: {kind for kind in ("shifts", "to_take", "unfilled") if f'value="{kind}' in page}
        for who in (a_key_holder(house), cora, a_manager(house), a_person("Dirk"))
        for page in [sign_in(who).get("/me").text]
    }

    assert offered == {
        "Amina": {"shifts", "to_take"},
        "Cora": {"shifts", "to_take", "unfilled"},
        "Beheer": {"shifts", "unfilled"},
        "Dirk": set(),
    }
    of_another = {"what": f"unfilled:{house.id}"}
    assert sign_in(a_person("Dirk")).post("/me/feeds", data=of_another).status_code == 422
