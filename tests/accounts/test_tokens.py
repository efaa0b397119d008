"""A program acts for somebody with a token, until the token is ended."""

import pytest
from flask import request
from sqlalchemy import select

from buurthuis.accounts import tokens
from buurthuis.accounts.login import person_at_the_door
from buurthuis.accounts.models import ApiToken
from buurthuis.accounts.refusals import NoSuchToken, TokenNameTaken
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from tests.builders import a_person, a_session


@pytest.fixture
def bram(app):
    return a_person("Bram")


def who(app, token: str, path: str = "/api/v1/bookings", scheme: str = "Bearer"):
    """Whom the program takes a request for."""
    with app.test_request_context(path, headers={"Authorization": f"{scheme} {token}"}):
        person = person_at_the_door(request)
        return person and person.name


def test_a_token_speaks_for_its_person_under_api_alone(app, bram):
    token = tokens.make_token(bram, "calendar")
    assert token.startswith("bh_")
    assert who(app, token) == "Bram"
    assert who(app, token, scheme="bearer") == "Bram"
    assert who(app, token, path="/me/profile") is None


@pytest.mark.parametrize("token", ["", "bh_", "bh_invented", "x" * 10_000, "\x00"])
def test_an_invented_token_is_nobody(app, bram, token):
    tokens.make_token(bram)
    assert who(app, token) is None


def test_a_token_that_was_revoked_is_nobody(app, bram):
    token, other = tokens.make_token(bram, "calendar"), tokens.make_token(bram, "desk")
    assert tokens.revoke_token(bram, "calendar") == 1
    assert who(app, token) is None
    assert who(app, other) == "Bram"


def test_without_a_name_all_tokens_end(app, bram):
    made = [tokens.make_token(bram) for _ in range(3)]
    assert tokens.revoke_token(bram) == 3
    assert [who(app, token) for token in made] == [None] * 3


def test_the_token_of_somebody_who_left_is_nobody(app, bram):
    token = tokens.make_token(bram)
    bram.left_at = clock.now()
    db.session.commit()
    assert who(app, token) is None


def test_a_name_is_given_once_and_free_again_afterwards(app, bram):
    tokens.make_token(bram, "calendar")
    with pytest.raises(TokenNameTaken):
        tokens.make_token(bram, " calendar ")
    tokens.make_token(a_person("Dirk"), "calendar")
    tokens.revoke_token(bram, "calendar")
    tokens.make_token(bram, "calendar")


def test_ending_a_token_that_is_not_there_is_refused(app, bram):
    with pytest.raises(NoSuchToken):
        tokens.revoke_token(bram, "calendar")
    tokens.make_token(a_person("Dirk"), "calendar")
    with pytest.raises(NoSuchToken):
        tokens.revoke_token(bram, "calendar")


def test_the_database_does_not_keep_the_token(app, bram):
    token = tokens.make_token(bram, "calendar")
    kept = db.session.scalars(select(ApiToken)).one()
    assert token not in (kept.token_hash, kept.name)
    assert len(kept.token_hash) == 64


def test_a_cookie_does_not_open_the_api(app, bram):
    browser = app.test_client()
    a_session(bram, browser)
    with browser.session_transaction() as session:
        kept = dict(session)
    with app.test_request_context("/api/v1/bookings"):
        from flask import session as here

        here.update(kept)
        assert person_at_the_door(request) is None
    with app.test_request_context("/me"):
        here.update(kept)
        assert person_at_the_door(request).name == "Bram"
