"""Requests that no browser of a neighbour sends: they get a calm answer, and never a failure of ours."""

import sqlite3
from io import BytesIO

import pytest
from sqlalchemy.exc import OperationalError

from buurthuis.accounts import proofs
from buurthuis.accounts.models import RoleName
from buurthuis.foundation.db import db
from tests.builders import a_booking, a_person, a_role, a_room, a_venue, an_initiative, friday

ADDRESSES = (
    "/venues/%00",
    "/venues/%00/week/2026-W10",
    "/rooms/%00",
    "/rooms/%00/book",
    "/houses/%00/",
    "/agenda?house=%00",
    "/ical/venues/%00.ics",
    "/ical/rooms/%00.ics",
    "/ical/p/%00.ics",
    "/sign-in/link/%00",
    "/api/v1/bookings/%00",
    "/api/v1/rooms?venue=%00",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_null_character_in_an_address_leads_nowhere(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", ["/", "/me", "/ical/agenda.ics", "/api/v1/venues"])
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b"])
def test_a_name_that_is_not_ours_is_told_so_calmly(client, path, host):
    answer = client.get(path, headers={"Host": host})

    assert answer.status_code == 400
    assert host not in answer.text
    assert "Location" not in answer.headers


def test_our_own_name_may_carry_a_port(client):
    assert client.get("/healthz", headers={"Host": "localhost:5000"}).status_code == 200


@pytest.mark.parametrize("path", ["/sign-out", "/api/v1/initiatives"])
def test_a_database_that_stays_busy_asks_for_patience(client, sign_in, monkeypatch, path):
    browser = sign_in(a_person("Bram"))
    is_locked = iter([True])

    def locked(*_: object, **__: object) -> None:
        if next(is_locked, False):
            db.session.rollback()
            raise OperationalError("BEGIN", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr(proofs, "person_in_session", locked)
    monkeypatch.setattr(proofs, "live_token", locked)

    answer = browser.post(path, headers={"Authorization": "Bearer bh_1"})

    assert answer.status_code == 503


@pytest.mark.parametrize("path", ["/sign-in", "/rooms/zaal/book", "/rooms/zaal/book/review"])
@pytest.mark.parametrize("body", [{"json": {"email": 5, "day": [1]}}, {"data": "file"}])
def test_a_form_takes_text_and_nothing_else(client, path, body):
    a_room(slug="zaal")
    if body == {"data": "file"}:
        body = {"data": {"email": (BytesIO(b"x"), "x.txt"), "day": (BytesIO(b"x"), "x.txt")}}

    assert client.post(path, **body).status_code == 415


def test_an_answer_without_any_words_gets_its_sentence(sign_in):
    bram = a_person("Bram")
    booking = a_booking(a_room(), friday(10, 12), by=bram, for_=an_initiative(bram))

    answer = sign_in(bram).post(f"/me/bookings/{booking.id}/answer", data={})

    assert answer.status_code == 422
    assert "Write your answer first." in answer.text


@pytest.mark.parametrize("number", ["-1", "0", "2147483648", "99999999999999999999999", "٣", "x"])
def test_a_number_in_a_form_that_no_row_has_is_not_found(app, sign_in, number):
    bram = a_person("Bram")
    cafe, venue = an_initiative(bram), a_venue()
    a_role(bram, RoleName.MANAGER, venue)
    forms = {
        f"/me/initiatives/{cafe.id}/people/remove": {"person": number},
        f"/houses/{venue.slug}/recognitions": {"initiative": number, "kind": "private"},
    }

    assert {sign_in(bram).post(path, data=sent).status_code for path, sent in forms.items()} == {
        404
    }
