"""A page of who signed in is remembered for them alone, and shows every change on the next request."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.accounts import roles, signing
from buurthuis.accounts.models import Membership, SignInSession
from buurthuis.bookings import actions
from buurthuis.feeds import actions as feeds
from buurthuis.feeds.actions import Scope
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.pages.reading import Reader

INBOX = "/houses/garden/requests"


@pytest.fixture
def garden(app):
    return a_venue("garden", name="The Garden")


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def group(bram):
    return an_initiative(bram, name="Repair Café")


@pytest.fixture
def booking(garden, bram, group):
    return a_booking(a_room(garden), friday(10, 12), by=bram, for_=group, title="Mending")


@pytest.fixture
def amina(garden):
    return a_manager(garden, "Amina")


def asked_twice(browser, path):
    """A page that is remembered by now; the first visit of a browser gives it a secret."""
    _secret, first, again = browser.get(path), browser.get(path), browser.get(path)
    assert first.status_code == 200
    assert first.data == again.data
    return again.text


@pytest.mark.parametrize("path", ["/me", "/", "/houses/garden/", INBOX, "/houses/garden/bookings"])
def test_the_second_time_only_the_right_is_proven(amina, sign_in, counted, path):
    browser = sign_in(amina)
    asked_twice(browser, path)

    with counted() as heard:
        browser.get(path)

    assert len(heard) <= 2
    assert "sign_in_session" in heard[0]


def test_what_happens_to_a_booking_is_seen_at_once(booking, bram, amina, sign_in):
    mine, desk = sign_in(bram), sign_in(amina)
    assert "Waits for an answer" in asked_twice(mine, "/me")
    assert "Mending" in asked_twice(desk, INBOX)

    actions.ask(booking.id, by=amina, text="Do you bring your own tools?")
    assert "own tools" in asked_twice(desk, INBOX)
    assert "question" in asked_twice(mine, "/me")

    actions.cancel(booking.id, by=bram)
    assert "Mending" not in asked_twice(desk, INBOX)
    assert "Cancelled" in mine.get("/me").text


def test_what_changes_about_people_is_seen_at_once(booking, bram, group, garden, amina, sign_in):
    mine, desk = sign_in(bram), sign_in(amina)
    assert "Hello Bram" in asked_twice(mine, "/me")
    assert "Repair Café" in asked_twice(desk, INBOX)

    bram.name, group.name = "Bram Bakker", "Fietswerkplaats"
    assert "Hello Bram Bakker" in mine.get("/me").text
    assert "Fietswerkplaats" in asked_twice(mine, "/me")
    assert "Fietswerkplaats" in desk.get(INBOX).text

    a_recognition(group, Kind.RESIDENT_INITIATIVE, venue=garden)
    assert "The Garden knows you" in asked_twice(mine, "/me")

    feeds.make(Scope(FeedKind.MINE), name="On my phone", by=bram)
    assert "On my phone" in asked_twice(mine, "/me")

    db.session.delete(db.session.get_one(Membership, (bram.id, group.id)))
    assert "Fietswerkplaats" not in mine.get("/me").text


def test_a_right_that_ends_is_gone_at_once(garden, amina, sign_in):
    browser = sign_in(amina)
    a_manager(garden, "Chandra")
    asked_twice(browser, INBOX)

    roles.end(roles.role_of(amina, "manager", garden), by=None)

    assert browser.get(INBOX).status_code == 404
    assert "To the desk" not in browser.get("/me").text


def test_a_right_ends_with_its_last_day(garden, sign_in):
    host = a_person("Bram")
    a_role(host, "host", garden).until_on = clock.now().date()
    browser = sign_in(host)
    asked_twice(browser, "/houses/garden/")

    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert browser.get("/houses/garden/").status_code == 404


def test_nobody_gets_the_page_of_somebody_else(client, amina, sign_in):
    hers, his = sign_in(amina), sign_in(a_person("Dirk"))
    assert "Hello Amina" in asked_twice(hers, "/me")
    asked_twice(hers, "/houses/garden/")

    assert "Hello Dirk" in his.get("/me").text
    assert his.get("/houses/garden/").status_code == 404
    assert client.get("/me").status_code == 303


def test_a_public_page_that_knows_me_is_mine_alone(client, garden, bram, sign_in):
    hers, his = sign_in(a_person("Amina")), sign_in(bram)
    assert "Sign out" in asked_twice(hers, "/venues/garden")

    assert "Sign out" not in client.get("/venues/garden").text
    assert hers.get("/venues/garden").data != asked_twice(his, "/venues/garden").encode()


def test_each_browser_gets_the_proof_of_its_own_forms(app, bram, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    first, second = sign_in(bram), sign_in(bram)
    pages = [asked_twice(browser, "/me") for browser in (first, second)]
    proofs = [Reader(page).values["csrf_token"] for page in pages]

    assert second.post("/sign-out", data={"csrf_token": proofs[0]}).status_code == 400
    assert second.post("/sign-out", data={"csrf_token": proofs[1]}).status_code == 303


def test_who_signed_out_is_out(bram, sign_in):
    browser = sign_in(bram)
    asked_twice(browser, "/me")
    with browser.session_transaction() as cookie:
        stolen = dict(cookie)

    browser.post("/sign-out")
    assert browser.get("/me").status_code == 303

    with browser.session_transaction() as cookie:
        cookie.clear()
        cookie.update(stolen)
    assert browser.get("/me").status_code == 303


def test_a_session_that_is_ended_elsewhere_ends_here(bram, sign_in):
    browser = sign_in(bram)
    asked_twice(browser, "/me")

    signing.end_session(db.session.scalars(db.select(SignInSession)).one(), by=bram)

    assert browser.get("/me").status_code == 303


def test_who_left_is_nobody_at_once(bram, sign_in):
    browser = sign_in(bram)
    asked_twice(browser, "/me")

    bram.left_at = clock.now()

    assert browser.get("/me").status_code == 303


def test_another_language_is_another_page(bram, sign_in):
    browser = sign_in(bram)
    assert "Hello Bram" in asked_twice(browser, "/me")

    browser.set_cookie("language", "nl")
    assert '<html lang="nl"' in browser.get("/me").text


def test_a_message_is_told_once(bram, sign_in):
    browser = sign_in(bram)
    asked_twice(browser, "/me")
    with browser.session_transaction() as cookie:
        cookie["_flashes"] = [("ok", "Your name is changed.")]

    assert "Your name is changed." in browser.get("/me").text
    assert "Your name is changed." not in browser.get("/me").text
