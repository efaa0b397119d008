"""What somebody says about themselves."""

import pytest

from buurthuis.foundation.db import db
from tests.builders import a_person, an_initiative
from tests.pages.reading import filled_in


@pytest.fixture
def bram(app):
    return a_person("Bram")


def save(browser, **more):
    return browser.post("/me/profile", data={"name": "Bram", "phone": "", "language": "en", **more})


def test_bram_changes_his_name_number_and_language(bram, sign_in):
    browser = sign_in(bram)
    saved = save(browser, name="Bram de Wit", phone=" 06  12 34 56 78 ", language="nl")
    assert saved.location == "/me/profile"
    db.session.refresh(bram)
    assert (bram.name, bram.phone, bram.language) == ("Bram de Wit", "06 12 34 56 78", "nl")
    assert '<html lang="nl"' in browser.get("/me/profile").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"phone": "call me"},
        {"phone": "1" * 40},
        {"language": "tlh"},
        {"language": ""},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(bram, sign_in, wrong):
    page = save(sign_in(bram), **{"name": "Other", **wrong})
    assert page.status_code == 422
    db.session.refresh(bram)
    assert bram.name == "Bram"


def test_the_profile_leads_to_ones_groups(bram, sign_in):
    initiative = an_initiative(bram, name="Fietscafé")
    page = sign_in(bram).get("/me/profile").text
    assert f'href="/me/initiatives/{initiative.id}">Fietscafé' in page


def test_a_visitor_signs_in_first_and_comes_back(client):
    assert client.get("/me/profile").location == "/sign-in?next=/me/profile"
    assert client.post("/me/profile", data={"name": "x"}).location == "/sign-in?next=/me"


def test_who_wants_invitations_for_the_calendar_says_so(bram, sign_in):
    browser = sign_in(bram)
    shown = filled_in(browser.get("/me/profile"))
    assert "invite_to_bookings" in shown
    assert "invite_to_shifts" not in shown

    save(browser, invite_to_shifts="y")

    db.session.refresh(bram)
    assert (bram.invite_to_bookings, bram.invite_to_shifts) == (False, True)


def test_who_has_no_mail_is_not_asked_for_invitations(sign_in):
    truus = a_person("Truus", email=None)
    browser = sign_in(truus)
    assert "invite_to_bookings" not in browser.get("/me/profile").text
    save(browser)
    db.session.refresh(truus)
    assert truus.invite_to_bookings
