"""An Idempotency-Key makes one booking and gets one answer."""

import json
import threading
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from buurthuis.accounts.tokens import make_token
from buurthuis.api import actions
from buurthuis.api.models import IdempotencyKey
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Busy
from tests.api.asking import span, wish
from tests.builders import a_confirmed_booking, a_person, a_room, an_initiative, friday
from tests.conftest import MONDAY_MORNING


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def cafe(bram):
    return an_initiative(bram)


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_the_same_key_and_body_get_the_same_answer_and_one_booking(program, bram, cafe):
    asking, room = program(bram), a_room()
    body = wish(room, cafe, 10, 12)

    first = asking.post("/bookings", body, key="k-1")
    again = asking.post("/bookings", dict(reversed(body.items())), key="k-1")

    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert count(Booking) == 1


def test_the_answer_is_the_first_one_also_after_the_booking_changed(program, bram, cafe):
    asking, body = program(bram), wish(a_room(), cafe, 10, 12)
    first = asking.post("/bookings", body, key="k-1")
    asking.post(f"/bookings/{first.body['id']}/cancel")

    assert asking.post("/bookings", body, key="k-1").body == first.body
    assert count(Booking) == 1


def test_the_same_key_with_another_body_is_refused(program, bram, cafe):
    asking, room = program(bram), a_room()
    asking.post("/bookings", wish(room, cafe, 10, 12), key="k-1")

    refused = asking.post("/bookings", wish(room, cafe, 13, 14), key="k-1")

    assert (refused.status, refused.code) == (422, "idempotency-mismatch")
    assert count(Booking) == 1


def test_a_refusal_is_repeated_too(program, bram, cafe):
    asking, room = program(bram), a_room()
    other = a_confirmed_booking(room, friday(10, 12))
    refused = asking.post("/bookings", wish(room, cafe, 10, 12), key="k-1")
    program(other.booked_by).post(f"/bookings/{other.id}/cancel")

    again = asking.post("/bookings", wish(room, cafe, 10, 12), key="k-1")

    assert (refused.status, refused.code) == (409, "room-taken")
    assert (again.status, again.body) == (409, refused.body)
    assert again.headers["Content-Type"].startswith("application/problem+json")
    assert asking.post("/bookings", wish(room, cafe, 10, 12), key="k-2").status == 201


def test_a_body_that_cannot_be_read_leaves_the_key_unused(program, bram, cafe):
    asking, room = program(bram), a_room()

    assert asking.post("/bookings", {"title": 1}, key="k-1").code == "invalid"
    assert asking.post("/bookings", wish(room, cafe, 10, 12), key="k-1").status == 201


def test_keys_of_two_people_have_nothing_to_do_with_each_other(program, bram, cafe):
    dirk = a_person("Dirk")
    room = a_room()
    program(bram).post("/bookings", wish(room, cafe, 10, 12), key="k-1")

    body = wish(room, an_initiative(dirk), 13, 14)
    assert program(dirk).post("/bookings", body, key="k-1").status == 201


def test_a_key_is_kept_for_a_day_and_then_forgotten(program, bram, cafe, app):
    asking, body = program(bram), wish(a_room(), cafe, 10, 12)
    first = asking.post("/bookings", body, key="k-1")

    with time_machine.travel(MONDAY_MORNING + timedelta(hours=23, minutes=59), tick=False):
        assert asking.post("/bookings", body, key="k-1").body == first.body
    with time_machine.travel(MONDAY_MORNING + timedelta(hours=24), tick=False):
        assert asking.post("/bookings", body, key="k-1").code == "room-taken"
    assert count(IdempotencyKey) == 1


def test_an_answer_that_got_lost_is_made_up_for(program, bram, cafe):
    asking, body = program(bram), wish(a_room(), cafe, 10, 12)
    first = asking.post("/bookings", body, key="k-1")
    db.session.execute(db.update(IdempotencyKey).values(status=None, body=""))

    again = asking.post("/bookings", body, key="k-1")

    assert (again.status, again.body) == (201, first.body)
    assert count(Booking) == 1


def test_a_failure_of_ours_is_not_kept(program, bram, cafe, monkeypatch):
    def busy(*_, **__):
        raise Busy

    asking, body = program(bram), wish(a_room(), cafe, 10, 12)
    with monkeypatch.context() as broken:
        broken.setattr("buurthuis.bookings.actions.book", busy)
        assert asking.post("/bookings", body, key="k-1").status == 503

    assert asking.post("/bookings", body, key="k-1").status == 201


def test_of_two_answers_at_one_moment_the_booking_counts_and_else_the_first(bram):
    actions.reserve(bram.id, "k-1", "asked")

    assert actions.keep(bram.id, "k-1", 409, "taken").body == "taken"
    assert actions.keep(bram.id, "k-1", 409, "taken again").body == "taken"
    assert actions.keep(bram.id, "k-1", 201, "booked").body == "booked"
    assert actions.keep(bram.id, "k-1", 409, "late").body == "booked"
    assert actions.keep(bram.id, "k-2", 201, "never taken into use") is None


@pytest.mark.parametrize("key", ["", "   ", "x" * 201])
def test_a_key_that_is_none_is_refused(program, bram, cafe, key):
    refused = program(bram).post("/bookings", wish(a_room(), cafe, 10, 12), key=key)

    assert (refused.status, list(refused.errors)) == (422, ["Idempotency-Key"])


def at_one_moment(app, requests):
    """Send these at one moment, each from a thread of its own: (headers, body) each."""
    db.session.commit()
    answers = [None] * len(requests)
    gate = threading.Barrier(len(requests))

    def send(number, headers, body):
        client = FlaskClient(app, app.response_class)
        gate.wait()
        response = client.post("/api/v1/bookings", headers=headers, json=body)
        answers[number] = (response.status_code, json.loads(response.data))

    threads = [
        threading.Thread(target=send, args=(number, *request))
        for number, request in enumerate(requests)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return answers


def test_the_same_key_twice_at_one_moment_makes_one_booking(app, bram, cafe):
    headers = {"Authorization": f"Bearer {make_token(bram)}", "Idempotency-Key": "k-1"}
    body = wish(a_room(), cafe, 10, 12)

    answers = at_one_moment(app, [(headers, body)] * 8)

    assert {status for status, _body in answers} == {201}
    assert len({answer["id"] for _status, answer in answers}) == 1
    assert count(Booking) == 1


def test_the_same_key_with_two_bodies_at_one_moment_makes_one_booking(app, bram, cafe):
    headers = {"Authorization": f"Bearer {make_token(bram)}", "Idempotency-Key": "k-1"}
    bodies = [wish(a_room(), cafe, 10, 12) for _room in range(4)]

    answers = at_one_moment(app, [(headers, body) for body in bodies])

    assert sorted(status for status, _body in answers) == [201, 422, 422, 422]
    assert count(Booking) == 1


def test_many_people_at_one_moment_make_one_booking(app):
    room = a_room()
    requests = []
    for number in range(12):
        person = a_person(f"Person{number}")
        headers = {"Authorization": f"Bearer {make_token(person)}"}
        body = wish(room, an_initiative(person), 10, 12)
        shift = number % 3 / 2
        requests.append((headers, {**body, **span(10 + shift, 12 + shift)}))

    answers = at_one_moment(app, requests)

    assert sorted({status for status, _body in answers}) == [201, 409]
    assert [status for status, _body in answers].count(201) == 1
    assert all(body["alternatives"] for status, body in answers if status == 409)
