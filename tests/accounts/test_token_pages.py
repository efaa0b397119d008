"""The page of tokens: made once, shown once, used and ended."""

import re

import pytest

from buurthuis.accounts import queries, tokens
from buurthuis.accounts.models import ApiToken
from buurthuis.foundation.db import db
from tests.accounts.mailbox import later, rows
from tests.builders import a_person


@pytest.fixture
def bram(app):
    return a_person("Bram")


def test_a_token_is_made_shown_once_used_and_ended(client, bram, sign_in):
    browser = sign_in(bram)
    made = browser.post("/me/tokens", data={"name": "screen"})
    token = re.search(r"bh_[\w-]+", made.text)[0]
    listed = browser.get("/me/tokens").text
    assert token not in listed
    assert "Not used yet." in listed

    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/bookings", headers=headers).status_code == 200
    assert "Last used on Monday 2 March 2026." in browser.get("/me/tokens").text
    with later(days=1):
        client.get("/api/v1/bookings", headers=headers)
    assert "Tuesday 3 March 2026" in browser.get("/me/tokens").text

    row = db.session.query(ApiToken).one()
    assert browser.post(f"/me/tokens/{row.id}/revoke").status_code == 303
    assert client.get("/api/v1/bookings", headers=headers).status_code == 401
    assert queries.tokens_of(bram) == []
    assert browser.post(f"/me/tokens/{row.id}/revoke").status_code == 303


def test_a_name_that_is_there_already_stays_typed(bram, sign_in):
    tokens.make_token(bram, "screen")
    page = sign_in(bram).post("/me/tokens", data={"name": "screen"})
    assert page.status_code == 422
    assert 'value="screen"' in page.text
    assert "Choose another name" in page.text


def test_dirk_ends_no_token_of_bram(bram, sign_in):
    tokens.make_token(bram, "screen")
    row = db.session.query(ApiToken).one()
    assert sign_in(a_person("Dirk")).post(f"/me/tokens/{row.id}/revoke").status_code == 404
    assert queries.tokens_of(bram) == [row]


@pytest.mark.parametrize("name", ["x" * 81, "x" * 100_000])
def test_a_name_that_is_too_long_gets_a_sentence(bram, sign_in, name):
    page = sign_in(bram).post("/me/tokens", data={"name": name})
    assert page.status_code == 422
    assert "too long" in page.text
    assert rows(ApiToken) == 0
