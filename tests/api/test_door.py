"""Who comes through the door of the API, with what, and how often."""

from io import BytesIO

import pytest
import time_machine

from buurthuis import create_app
from buurthuis.accounts.tokens import revoke_token
from buurthuis.foundation.db import db
from buurthuis.foundation.security import limiter
from tests.api.asking import span, wish
from tests.api.conftest import Program
from tests.builders import a_booking, a_person, a_room, an_initiative, friday
from tests.conftest import MONDAY_MORNING, Visitor, settings_for

PRIVATE = [
    ("GET", "/initiatives"),
    ("POST", "/initiatives"),
    ("GET", "/bookings"),
    ("POST", "/bookings"),
    ("GET", "/bookings/1"),
    ("PATCH", "/bookings/1"),
    ("POST", "/bookings/1/approve"),
    ("POST", "/bookings/1/refuse"),
    ("POST", "/bookings/1/cancel"),
]


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_a_private_call_needs_a_token(anybody, method, path):
    refused = anybody.send(method, path, json={})

    assert (refused.status, refused.code) == (401, "sign-in-needed")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", ["/venues", "/rooms", "/initiatives", "/openapi.json"])
@pytest.mark.parametrize("shown", ["Bearer bh_wrong", "Bearer ", "Basic Zm9vOmJhcg==", "x"])
def test_a_token_that_does_not_count_is_told_so(anybody, path, shown):
    refused = anybody.send("GET", path, headers={"Authorization": shown})

    assert (refused.status, refused.code) == (401, "sign-in-needed")


def test_a_token_that_was_revoked_opens_nothing(program):
    bram = a_person("Bram")
    asking = program(bram)
    assert asking.get("/bookings").status == 200

    revoke_token(bram)

    assert asking.get("/bookings").status == 401


def test_a_browser_that_is_signed_in_is_nobody_here(sign_in):
    bram = a_person("Bram")
    room, cafe = a_room(), an_initiative(bram)
    browser = sign_in(bram)

    assert browser.get("/api/v1/bookings").status_code == 401
    answer = browser.post("/api/v1/bookings", json=wish(room, cafe, 10, 12))
    assert answer.status_code == 401


def test_no_cookie_is_ever_set(program, anybody):
    bram = a_person("Bram")
    booking = a_booking(a_room(), friday(10, 12), by=bram, for_=an_initiative(bram))

    for asking, path in (
        (anybody, "/venues"),
        (anybody, "/nowhere"),
        (program(bram), "/bookings"),
        (program(bram), f"/bookings/{booking.id}"),
    ):
        assert "Set-Cookie" not in asking.get(path).headers


def test_a_token_needs_no_word_of_a_form(app, program, monkeypatch):
    bram = a_person("Bram")
    body = wish(a_room(), an_initiative(bram), 10, 12)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    assert program(bram).post("/bookings", body).status == 201


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(program, kind):
    refused = program(a_person()).send("POST", "/bookings", data=b"{}", content_type=kind)

    assert (refused.status, refused.code) == (415, "not-json")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe{", 400),
        (b'{"people": NaN}', 400),
        (b'{"people": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 30_000 + b"1" + b"}" * 30_000, 400),
        (b"[]", 422),
        (b'"x"', 422),
        (b"null", 422),
        (b'{"title": "\\ud800", "room": "\\u0000"}', 422),
    ],
)
def test_a_body_that_is_no_object_is_refused(program, sent, status):
    refused = program(a_person()).send(
        "POST", "/bookings", data=sent, content_type="application/json"
    )

    assert refused.status == status


def test_of_a_field_that_is_named_twice_the_last_counts(program):
    sent = b'{"name": "First", "kind": "private", "name": "Last"}'

    made = program(a_person()).send(
        "POST", "/initiatives", data=sent, content_type="application/json"
    )

    assert (made.status, made.body["name"]) == (201, "Last")


def test_a_body_may_be_large_and_not_huge(program):
    asking = program(a_person())
    body = {"name": "Club", "kind": "private", "more": "x" * (255 * 1024)}

    assert asking.post("/initiatives", body).status == 201
    refused = asking.post("/initiatives", {**body, "more": "x" * (256 * 1024)})
    assert (refused.status, refused.code) == (413, "too-large")


@pytest.mark.parametrize(("size", "status"), [(200, 201), (300, 413)])
def test_a_body_that_does_not_say_its_length_is_measured(program, size, status):
    body = b'{"name": "Club", "kind": "private", "more": "' + b"x" * size * 1024 + b'"}'

    answer = program(a_person()).send(
        "POST",
        "/initiatives",
        input_stream=BytesIO(body),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert answer.status == status


def test_an_address_that_is_not_there_is_a_problem_too(anybody):
    assert (anybody.get("/nowhere").status, anybody.get("/nowhere").code) == (404, "not-found")
    wrong = anybody.send("DELETE", "/venues")
    assert (wrong.status, wrong.code) == (405, "wrong-method")


def test_answers_are_kept_by_nobody(program):
    answer = program(a_person()).get("/bookings")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Authorization" in answer.headers["Vary"]


def test_problems_speak_the_language_that_is_asked_for(anybody):
    assert anybody.get("/free").errors["from"] == ["This is missing. Fill it in."]


@pytest.fixture
def limited(tmp_path, monkeypatch):
    """A program of its own, with its limits on."""
    monkeypatch.setattr(limiter, "enabled", True)
    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'limited.sqlite'}"))
    app.test_client_class = Visitor
    with time_machine.travel(MONDAY_MORNING, tick=False), app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_an_address_without_a_token_asks_so_often_and_a_token_oftener(limited):
    nobody, bram = Program(limited), Program(limited, a_person("Bram"))

    statuses = [nobody.get("/venues").status for _call in range(121)]

    assert statuses == [200] * 120 + [429]
    refused = nobody.get("/free", **span(10, 12))
    assert (refused.status, refused.code) == (429, "too-many-requests")
    assert int(refused.headers["Retry-After"]) > 0
    assert all(bram.get("/venues").status == 200 for _call in range(130))


def test_fifty_people_behind_one_address_book_at_once(limited):
    rooms = [a_room() for _room in range(3)]
    for number in range(50):
        person = a_person(f"Person{number}")
        asking = Program(limited, person)
        for room in rooms:
            body = wish(room, an_initiative(person), 10, 12)
            assert asking.post("/bookings", body).status in {201, 409}
