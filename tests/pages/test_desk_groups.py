"""The groups that come to a house: recognising what they are, and ending it."""

import pytest

from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.tariffs.applications import actions as applications
from buurthuis.tariffs.applications.models import State
from buurthuis.tariffs.models import Recognition
from tests.builders import (
    a_booking,
    a_person,
    a_recognition,
    a_venue,
    an_application,
    an_initiative,
    friday,
)

HOUSE = "/houses/de-meevaart"


def recognise(desk, initiative, **typed):
    typed = {"kind": "resident_initiative", "reason": "Neighbours", "until": "", **typed}
    data = {"initiative": initiative.id, **typed}
    return desk.post(f"{HOUSE}/recognitions", data=data, follow_redirects=True)


def test_a_recognised_group_pays_less_from_then_on(desk, room):
    bram = a_person()
    repair = an_initiative(bram, name="Repair Café Oost")
    before = a_booking(room, friday(19, 22), by=bram, for_=repair)

    page = recognise(desk, repair, until="2026-12-31").text
    after = a_booking(room, friday(9, 12), by=bram, for_=repair)

    assert "Recognised: A group of residents" in page
    assert "Until Thursday 31 December 2026." in page
    assert "Nadia" in page
    assert (before.total_cents, after.total_cents) == (3000, 0)


def test_a_recognition_can_be_ended(desk, room):
    bram = a_person()
    repair = an_initiative(bram)
    known = a_recognition(repair, Kind.RESIDENT_INITIATIVE, venue=room.venue)

    page = desk.post(f"{HOUSE}/recognitions/{known.id}/end", follow_redirects=True).text

    assert "New bookings get the normal price." in page
    assert "Not recognised" in page
    assert a_booking(room, friday(9, 12), by=bram, for_=repair).total_cents == 3000


def test_what_still_holds_is_told_when_another_recognition_ends(desk, room):
    repair = an_initiative(a_person())
    known = a_recognition(repair, Kind.RESIDENT_INITIATIVE, venue=room.venue)
    a_recognition(repair, Kind.SOCIAL_ENTERPRISE, venue=room.venue, purpose=Purpose.SPORT)

    page = desk.post(f"{HOUSE}/recognitions/{known.id}/end", follow_redirects=True).text

    assert "Ended. This still holds: A social enterprise, only for: Sport." in page
    assert "get the normal price" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "pirate"}, "Choose what they are."),
        ({"reason": " "}, "A discount needs a reason."),
        ({"reason": "x" * 301}, "This text is too long."),
        ({"until": "2026-02-31"}, "Choose a day that exists"),
        ({"until": "2026-03-01"}, "The last day is before today."),
    ],
)
def test_a_recognition_that_makes_no_sense_is_explained(desk, room, typed, sentence):
    bram = a_person()
    repair = an_initiative(bram)
    a_booking(room, friday(19, 22), by=bram, for_=repair)

    answer = recognise(desk, repair, **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.query(Recognition).count() == 0


def test_only_groups_that_come_here_can_be_recognised(desk, room):
    dirk = an_initiative(a_person("Dirk"), name="Dirks handel")
    elsewhere = a_recognition(dirk, Kind.RESIDENT_INITIATIVE, venue=a_venue())

    assert recognise(desk, dirk).status_code == 404
    assert desk.post(f"{HOUSE}/recognitions", data={}).status_code == 404
    assert desk.post(f"{HOUSE}/recognitions/{elsewhere.id}/end").status_code == 404
    assert "Dirks handel" not in desk.get(f"{HOUSE}/recognitions").text


def test_what_all_houses_recognised_is_not_this_house_s_to_end(desk, room):
    bram = a_person()
    repair = an_initiative(bram)
    a_booking(room, friday(19, 22), by=bram, for_=repair)
    known = a_recognition(repair, Kind.RESIDENT_INITIATIVE)

    page = desk.get(f"{HOUSE}/recognitions").text

    assert "In all houses." in page
    assert f"/recognitions/{known.id}/end" not in page
    assert desk.post(f"{HOUSE}/recognitions/{known.id}/end").status_code == 404


def test_a_group_is_found_by_a_part_of_its_name(desk, room):
    for name in ("Repair Café", "Koor 100%_"):
        bram = a_person()
        a_booking(
            room,
            friday(9 + len(name), 10 + len(name)),
            by=bram,
            for_=an_initiative(bram, name=name),
        )

    def found(name):
        return desk.get(f"{HOUSE}/recognitions", query_string={"name": name}).text

    assert "Repair Café" in found("repair")
    assert "Koor" not in found("repair")
    assert "Koor" in found("%_")
    assert "No group with this name" in found("_%")


def test_groups_come_ten_to_a_page(desk, room):
    for number in range(11):
        a_recognition(
            an_initiative(name=f"Group {number:02}"), Kind.RESIDENT_INITIATIVE, venue=room.venue
        )

    first = desk.get(f"{HOUSE}/recognitions").text
    second = desk.get(f"{HOUSE}/recognitions?page=2").text

    assert "Group 09" in first
    assert "Group 10" not in first
    assert "Group 10" in second


def test_a_change_keeps_the_activity_for_which_it_was_recognised(desk, room):
    repair = an_initiative(a_person())
    for purpose in (Purpose.COURSE, Purpose.SPORT):
        a_recognition(repair, Kind.SOCIAL_ENTERPRISE, venue=room.venue, purpose=purpose)

    page = desk.get(f"{HOUSE}/recognitions").text
    recognise(desk, repair, purpose="course")

    assert "Recognised: A social enterprise, only for: Course" in page
    assert "Recognised: A social enterprise, only for: Sport" in page
    latest = db.session.query(Recognition).order_by(Recognition.id.desc()).first()
    assert (latest.kind, latest.purpose) == (Kind.RESIDENT_INITIATIVE, Purpose.COURSE)


def test_to_recognise_answers_what_the_group_asks(desk, room):
    bram = a_person()
    repair = an_initiative(bram)
    a_booking(room, friday(19, 22), by=bram, for_=repair)
    asked = an_application(repair, room.venue, by=bram)
    assert "1 group asks for a discount" in desk.get(f"{HOUSE}/").text

    recognise(desk, repair)

    assert asked.state is State.RECOGNISED


def test_who_said_no_does_not_recognise_around_the_appeal(desk, room, manager):
    bram = a_person()
    repair = an_initiative(bram)
    a_booking(room, friday(19, 22), by=bram, for_=repair)
    asked = an_application(repair, room.venue, by=bram)
    applications.refuse(asked.id, "Nee", by=manager)
    applications.appeal(asked.id, "Toch", by=bram)

    assert "You answered before, so somebody else looks now." in recognise(desk, repair).text
    assert db.session.query(Recognition).count() == 0
