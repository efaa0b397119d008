"""A session is a row: it can be seen, it runs out, and ending it ends it at once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from buurthuis.accounts import signing
from buurthuis.accounts.models import SignInSession
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from tests.accounts.mailbox import answer, ask, code_for, is_in, later
from tests.builders import a_person, a_role, a_venue, an_initiative


@pytest.fixture
def bram(app):
    return a_person("Bram", "bram@repair.example")


def only_session() -> SignInSession:
    return db.session.scalars(select(SignInSession)).one()


def test_a_session_that_was_ended_is_nobody_from_the_next_request_on(bram, sign_in):
    laptop, phone = sign_in(bram), sign_in(bram)
    lost = db.session.scalars(select(SignInSession).order_by(SignInSession.id)).first()

    ended = phone.post(f"/me/sessions/{lost.id}/end")

    assert ended.location == "/me/profile"
    assert not is_in(laptop)
    assert is_in(phone)


def test_ending_the_session_one_uses_signs_out(bram, sign_in):
    browser = sign_in(bram)
    with browser.session_transaction() as session:
        session["draft"] = {"room": "hall"}
    assert browser.post(f"/me/sessions/{only_session().id}/end").location == "/"
    assert not is_in(browser)
    with browser.session_transaction() as session:
        assert "draft" not in session


def test_nobody_ends_the_session_of_somebody_else(bram, sign_in):
    browser, dirks = sign_in(bram), sign_in(a_person("Dirk"))
    session = db.session.scalars(select(SignInSession).filter_by(person_id=bram.id)).one()
    assert dirks.post(f"/me/sessions/{session.id}/end").status_code == 404
    assert dirks.post("/me/sessions/999999/end").status_code == 404
    assert is_in(browser)


def test_signing_out_ends_the_row_and_empties_the_browser(bram, sign_in):
    browser = sign_in(bram)
    with browser.session_transaction() as session:
        stolen = dict(session)
        session["draft"] = {"room": "hall"}

    assert browser.post("/sign-out").status_code == 303

    assert not is_in(browser)
    assert only_session().ended_at is not None
    with browser.session_transaction() as session:
        assert "draft" not in session
        session.update(stolen)
    assert not is_in(browser)


def test_signing_out_twice_or_as_nobody_is_harmless(client, bram, sign_in):
    browser = sign_in(bram)
    for visitor in (browser, browser, client):
        assert visitor.post("/sign-out").status_code == 303


def test_a_session_lasts_thirty_days(bram, sign_in):
    browser = sign_in(bram)
    with later(days=29, hours=23):
        assert is_in(browser)
    with later(days=30):
        assert not is_in(browser)


def test_somebody_who_left_is_nobody_from_the_next_request_on(bram, sign_in):
    browser = sign_in(bram)
    bram.left_at = clock.now()
    db.session.commit()
    assert not is_in(browser)


@pytest.mark.parametrize("planted", ["invented", 7, None, ["x"]])
def test_a_cookie_without_a_session_of_ours_is_nobody(client, planted):
    with client.session_transaction() as session:
        session["signed_in"] = planted
        session["_user_id"] = "1"
    assert not is_in(client)


def test_the_profile_shows_where_one_is_signed_in(app, client, bram):
    ask(client, bram.email)
    client.post(
        "/sign-in/code",
        data={"email": bram.email, "code": code_for(bram.email)},
        headers={"User-Agent": "Mozilla/5.0 (Android 14; Mobile) Firefox/130.0"},
    )
    page = client.get("/me/profile").text
    assert "Firefox, Android" in page
    assert "this one" in page


def test_the_person_of_a_page_is_loaded_in_one_statement_with_roles_and_groups(bram, statements):
    a_role(bram, "manager", a_venue())
    for name in ("Repair Café", "Moestuin"):
        an_initiative(bram, name=name)
    token = signing.open_session(bram)
    db.session.expunge_all()

    from buurthuis.accounts import proofs, queries

    with statements() as heard:
        person = proofs.person_in_session(token, now=clock.now())
        assert queries.has_role(person, "manager")
        assert {each.initiative.name for each in person.memberships} == {"Repair Café", "Moestuin"}
    assert len([each for each in heard if each.startswith("SELECT")]) == 1


def test_the_style_sheet_is_the_same_for_everybody(bram, sign_in):
    browser = sign_in(bram)
    [style] = re.findall(r'href="(/assets/[^"]+\.css)"', browser.get("/me/profile").text)
    answer = browser.get(style)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_looking_at_a_page_does_not_lengthen_the_cookie(bram, sign_in):
    browser = sign_in(bram)
    browser.get("/me/profile")
    assert "Set-Cookie" not in browser.get("/me/profile").headers


def test_the_cookie_is_kept_from_scripts_and_other_sites(client, bram):
    ask(client, bram.email)
    came = answer(client, bram.email, code_for(bram.email))
    cookie = came.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" in cookie
    assert only_session().expires_at - clock.now() == timedelta(days=30)
