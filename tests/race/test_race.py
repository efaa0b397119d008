"""Fifty people want one place at one moment: exactly one gets it, and everybody is told the truth."""

import http.client
import json
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.tokens import make_token
from buurthuis.bookings import changes
from buurthuis.bookings.actions import approve, book
from buurthuis.bookings.models import Booking
from buurthuis.bookings.wishes import Wish
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.imports.actions import begin_house
from buurthuis.imports.house import House, HouseRoom
from buurthuis.imports.refusals import HouseExists
from buurthuis.occupancy.models import Occupancy
from buurthuis.rules.calendar import day_of, moment, rfc3339
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import LIVE, Status
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval, Room
from tests.builders import a_manager, a_person, a_role, a_room, a_venue, an_initiative
from tests.servers import Server

pytestmark = pytest.mark.race

PEOPLE = 50


@dataclass(frozen=True, slots=True)
class Knock:
    """One request of one person."""

    token: str
    path: str
    body: dict


def ten_days_ahead(hour: float) -> datetime:
    return moment(day_of(datetime.now().astimezone()) + timedelta(days=10), round(hour * 60))


def a_crowd() -> list[tuple[Person, int, str]]:
    """Fifty people, each with a group and a token."""
    crowd = []
    for number in range(PEOPLE):
        person = a_person(f"neighbour{number}")
        group = an_initiative(person, name=f"Group {number}")
        crowd.append((person, group.id, make_token(person, "race")))
    return crowd


def a_booking_of(room: str, group: int, token: str, start: float, end: float) -> Knock:
    body = {
        "room": room,
        "from": rfc3339(ten_days_ahead(start)),
        "to": rfc3339(ten_days_ahead(end)),
        "title": "Race",
        "initiative": str(group),
        "people": 5,
    }
    return Knock(token, "/api/v1/bookings", body)


def all_at_once(server: Server, knocks: Sequence[Knock]) -> list[tuple[int, dict]]:
    """Send every request at the same moment and collect status and answer."""
    answers: list[tuple[int, dict]] = []
    gate = threading.Barrier(len(knocks))

    def knock(one: Knock) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.connect()
        gate.wait()
        headers = {"Authorization": f"Bearer {one.token}", "Content-Type": "application/json"}
        connection.request("POST", one.path, json.dumps(one.body), headers)
        answer = connection.getresponse()
        answers.append((answer.status, json.loads(answer.read() or b"{}")))
        connection.close()

    threads = [threading.Thread(target=knock, args=(one,)) for one in knocks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def assert_all_is_well(answers: Sequence[tuple[int, dict]]) -> int:
    """Whoever was told "booked" has the place, nobody else has, and the database agrees."""
    assert {status for status, _ in answers} <= {201, 409}, Counter(s for s, _ in answers)
    told = {int(body["id"]) for status, body in answers if status == 201}
    live = {booking.id for booking in db.session.query(Booking) if booking.status in LIVE}
    assert told == live
    assert doctor.overlaps() == []
    assert doctor.claims_and_bookings() == []
    return len(told)


def test_fifty_wishes_for_one_place_make_one_booking(real, server):
    room = a_room(approval=Approval.ALWAYS)
    crowd = a_crowd()
    knocks = [a_booking_of(room.slug, group, token, 19, 21) for _, group, token in crowd]
    db.session.commit()

    answers = all_at_once(server, knocks)

    assert assert_all_is_well(answers) == 1
    refused = [body for status, body in answers if status == 409]
    assert len(refused) == PEOPLE - 1
    assert all(body["type"].endswith("room-taken") for body in refused)
    assert db.session.query(OutboxLetter).filter_by(template="booking_confirmed").count() == 1


def test_fifty_shifted_wishes_never_overlap(real, server):
    room = a_room(approval=Approval.ALWAYS, turnover_minutes=15)
    knocks = [
        a_booking_of(room.slug, group, token, 9 + number % 25 / 4, 11 + number % 25 / 4)
        for number, (_, group, token) in enumerate(a_crowd())
    ]
    db.session.commit()

    answers = all_at_once(server, knocks)

    assert 1 <= assert_all_is_well(answers) <= 5


def test_a_hall_and_its_parts_are_never_taken_together(real, server):
    venue = a_venue()
    parts = [a_room(venue, approval=Approval.ALWAYS) for _ in range(3)]
    inner = a_room(venue, parts=parts[:2], approval=Approval.ALWAYS)
    hall = a_room(venue, parts=[inner, parts[2]], approval=Approval.ALWAYS)
    rooms = [hall, inner, *parts]
    knocks = [
        a_booking_of(rooms[number % len(rooms)].slug, group, token, 19, 21)
        for number, (_, group, token) in enumerate(a_crowd())
    ]
    db.session.commit()

    answers = all_at_once(server, knocks)

    assert 1 <= assert_all_is_well(answers) <= 3
    assert db.session.query(Occupancy).count() <= 3


def test_one_submission_sent_fifty_times_makes_one_booking(real, server):
    room = a_room(approval=Approval.ALWAYS)
    bram = a_person("Bram")
    group = an_initiative(bram)
    knock = a_booking_of(room.slug, group.id, make_token(bram, "race"), 19, 21)
    db.session.commit()

    answers = all_at_once(server, [knock] * 20)

    assert_all_is_well(answers)
    assert db.session.query(Booking).count() == 1


def test_managers_who_answer_at_one_moment_say_yes_once(real, server):
    room = a_room(a_venue(requests_occupy=False))
    requests = [
        book(
            room,
            Wish(Period(ten_days_ahead(19), ten_days_ahead(21)), 5, "Race", Purpose.MEETING),
            by=person,
            for_=db.session.get(Initiative, group),
        )
        for person, group, _ in a_crowd()[:10]
    ]
    tokens = [make_token(a_manager(room.venue, f"manager{n}"), "race") for n in range(2)]
    knocks = [
        Knock(token, f"/api/v1/bookings/{request.id}/approve", {})
        for request in requests
        for token in tokens
    ]
    db.session.commit()

    answers = all_at_once(server, knocks)

    assert {status for status, _ in answers} == {200, 409}
    confirmed = db.session.query(Booking).filter_by(status=Status.CONFIRMED).count()
    assert confirmed == 1
    assert doctor.overlaps() == []
    assert doctor.claims_and_bookings() == []


def test_a_change_and_a_request_for_one_place_get_one_yes(real, server):
    room = a_room(a_venue(requests_occupy=False))
    tokens = [make_token(a_manager(room.venue, f"manager{n}"), "race") for n in range(2)]
    (bram, cafe, _), (chandra, choir, _) = a_crowd()[:2]
    booking = _asked(room, bram, cafe, 10, 12)
    approve(booking.id, by=a_manager(room.venue))
    evening = Period(ten_days_ahead(19), ten_days_ahead(21))
    changes.send(booking.id, changes.Wanted(room, evening), by=bram)
    request = _asked(room, chandra, choir, 20, 22)
    paths = [f"{booking.id}/change/approve", f"{request.id}/approve"]
    knocks = [Knock(token, f"/api/v1/bookings/{path}", {}) for path in paths for token in tokens]
    db.session.commit()

    answers = all_at_once(server, knocks * 3)

    assert {status for status, _ in answers} == {200, 409}
    db.session.expire_all()
    moved = db.session.get(Booking, booking.id)
    refused = [body["type"].rsplit("/", 1)[1] for status, body in answers if status == 409]
    assert (moved.period == evening) is (db.session.get(Booking, request.id).status != "confirmed")
    assert (moved.status, set(refused) <= {"room-taken", "wrong-state"}) == ("confirmed", True)
    assert doctor.overlaps() == []
    assert doctor.claims_and_bookings() == []


def _asked(room: Room, person: Person, group: int, start: float, end: float) -> Booking:
    period = Period(ten_days_ahead(start), ten_days_ahead(end))
    for_ = db.session.get(Initiative, group)
    return book(room, Wish(period, 5, "Race", Purpose.MEETING), by=person, for_=for_)


def test_a_house_that_is_opened_many_times_at_one_moment_is_opened_once(real):
    admin = a_person("Anna")
    a_role(admin, "admin")
    admin_id = admin.id
    db.session.commit()
    house = House("ons-huis", "Ons Huis", rooms=(HouseRoom("ons-huis-zaal", "Zaal", 10),))
    start, ends = threading.Barrier(4), []

    def press():
        with real.app_context():
            start.wait(timeout=20)
            try:
                ends.append(begin_house(house, by=db.session.get(Person, admin_id)).slug)
            except HouseExists as refusal:
                ends.append(refusal.code)

    presses = [threading.Thread(target=press) for _ in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert sorted(ends) == ["house-exists"] * 3 + ["ons-huis"]
