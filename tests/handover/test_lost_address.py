"""A lost address comes back through two managers, and every key of the old one ends."""

from datetime import timedelta

import pytest

from buurthuis.accounts import tokens
from buurthuis.accounts.models import AddressChange
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry
from buurthuis.handover import addresses
from buurthuis.handover.refusals import (
    AddressTaken,
    AdminNeeded,
    ChangeOver,
    ManagerThereNeeded,
    NotYourself,
    OtherManagerNeeded,
)
from tests.accounts.mailbox import answer, ask, is_in, later, letters_to
from tests.builders import (
    a_booking,
    a_manager,
    a_membership,
    a_person,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)

NEW = "bram@new.example"
PAGE = "/houses/meevaart/people/address"


@pytest.fixture
def asked(meevaart, amina, chandra, bram):
    addresses.ask(bram, meevaart, new_email=NEW, reason="I know him", by=amina)
    return db.session.query(AddressChange).one()


def test_two_managers_give_bram_a_new_address(app, client, meevaart, amina, chandra, bram, sign_in):
    old, at_home = bram.email, sign_in(bram)
    token = {"Authorization": f"Bearer {tokens.make_token(bram)}"}
    first = sign_in(amina)
    assert "Bram" in first.get(PAGE, query_string={"name": "bra"}).text
    asking = {"person": bram.id, "email": NEW, "reason": "He stood at the desk."}
    assert first.post(PAGE, data=asking).status_code == 303
    assert [each.template for each in letters_to(old)] == ["address_asked"]
    assert letters_to(chandra.email)[-1].facts["reason"] == "He stood at the desk."
    change = db.session.query(AddressChange).one()

    assert first.post(f"{PAGE}/{change.id}/confirm").status_code == 303
    db.session.expire_all()
    assert bram.email == old, "one manager is not two"

    second = sign_in(chandra)
    assert "He stood at the desk." in second.get(PAGE).text
    second.post(f"{PAGE}/{change.id}/confirm")
    db.session.expire_all()
    assert bram.email == NEW
    assert [each.template for each in letters_to(old)][-1] == "address_changed"
    assert letters_to(NEW)[-1].template == "address_changed"
    assert not is_in(at_home)
    assert client.get("/api/v1/bookings", headers=token).status_code == 401

    ask(client, NEW)
    answer(client, NEW, letters_to(NEW)[-1].facts["code"])
    assert "Hello Bram" in client.get("/me").text
    verbs = {each.verb for each in db.session.query(LogEntry)}
    assert {"address.asked", "address.changed"} <= verbs


def test_neither_who_asked_nor_who_lost_it_says_yes(meevaart, amina, chandra, asked, bram):
    a_role(bram, "manager", meevaart)
    for person in (amina, bram):
        with pytest.raises(OtherManagerNeeded):
            addresses.confirm(asked.id, meevaart, by=person)
    with pytest.raises(NotYourself):
        addresses.ask(amina, meevaart, new_email="x@y.example", reason="me", by=amina)


def test_with_one_manager_a_head_manager_is_the_second(meevaart, amina, bram):
    admin = a_person("Anna")
    a_role(admin, "admin")
    addresses.ask(bram, meevaart, new_email=NEW, reason="I know him", by=amina)
    assert letters_to(admin.email)[-1].template == "address_waits"
    addresses.confirm(db.session.query(AddressChange).one().id, meevaart, by=admin)
    assert bram.email == NEW


def test_a_manager_of_another_house_where_bram_comes_may_say_yes(asked, bram, sign_in):
    other, stranger = a_venue("kraai"), a_venue("elsewhere")
    a_booking(a_room(other), friday(10, 12), by=bram, for_=an_initiative(bram))
    nobody = sign_in(a_manager(stranger, "Youssef"))
    path = f"people/address/{asked.id}/confirm"
    assert nobody.post(f"/houses/elsewhere/{path}").status_code == 404
    assert nobody.post(f"/houses/kraai/{path}").status_code == 404
    sign_in(a_manager(other, "Nadia")).post(f"/houses/kraai/{path}")
    db.session.expire_all()
    assert bram.email == NEW


def test_a_house_cannot_give_a_head_manager_another_address(meevaart, asked, chandra, bram):
    a_role(bram, "board")
    with pytest.raises(AdminNeeded):
        addresses.confirm(asked.id, meevaart, by=chandra)


def test_a_house_where_somebody_only_books_does_not_get_hold_of_their_role_elsewhere(
    meevaart, amina, chandra, sign_in
):
    kraai = a_venue("kraai")
    nadia = a_manager(kraai, "Nadia")
    a_booking(a_room(meevaart), friday(10, 12), by=nadia, for_=an_initiative(nadia))
    addresses.ask(nadia, meevaart, new_email=NEW, reason="trust us", by=amina)
    change = db.session.query(AddressChange).one()
    with pytest.raises(ManagerThereNeeded):
        addresses.confirm(change.id, meevaart, by=chandra)
    page = sign_in(chandra).post(f"{PAGE}/{change.id}/confirm", follow_redirects=True)
    assert "Ask a manager of that house" in page.text
    db.session.expire_all()
    assert nadia.email != NEW

    addresses.confirm(change.id, kraai, by=a_manager(kraai, "Youssef"))
    assert nadia.email == NEW


def test_an_address_of_somebody_else_is_refused_at_both_moments(meevaart, amina, chandra, asked):
    dirk = a_person("Dirk", NEW)
    with pytest.raises(AddressTaken):
        addresses.confirm(asked.id, meevaart, by=chandra)
    host = asked.person
    with pytest.raises(AddressTaken):
        addresses.ask(host, meevaart, new_email=dirk.email, reason="x", by=amina)


def test_it_waits_a_week_and_can_be_taken_back(meevaart, amina, chandra, asked, bram, sign_in):
    with later(days=7), pytest.raises(ChangeOver):
        addresses.confirm(asked.id, meevaart, by=chandra)
    assert asked.expires_at - clock.now() == timedelta(days=7)
    browser = sign_in(amina)
    browser.post(f"{PAGE}/{asked.id}/withdraw")
    assert "Nobody" not in browser.get(PAGE).text
    with pytest.raises(ChangeOver):
        addresses.confirm(asked.id, meevaart, by=chandra)


def test_asking_again_takes_the_first_back(meevaart, amina, chandra, asked, bram):
    addresses.ask(bram, meevaart, new_email="b@second.example", reason="typo", by=amina)
    with pytest.raises(ChangeOver):
        addresses.confirm(asked.id, meevaart, by=chandra)


def test_only_people_of_this_house_are_found(meevaart, amina, bram, sign_in):
    stranger = a_person("Bramwell")
    a_membership(stranger, an_initiative(a_person("Dirk")))
    desk = sign_in(amina)
    assert "Bramwell" not in desk.get(PAGE, query_string={"name": "bram"}).text
    assert desk.get(PAGE, query_string={"person": stranger.id}).status_code == 404
    asking = {"person": stranger.id, "email": NEW, "reason": "x"}
    assert desk.post(PAGE, data=asking).status_code == 404
    for typed in ("%", "\x00", "x" * 5000, "_"):
        assert desk.get(PAGE, query_string={"name": typed}).status_code in {200, 404}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "", "reason": "x"}, "This is not an e-mail address"),
        ({"email": "a@b.nl, c@d.nl", "reason": "x"}, "This is not an e-mail address"),
        ({"email": NEW, "reason": ""}, "Write how you know this person"),
        ({"email": NEW, "reason": "x" * 999}, "too long"),
    ],
)
def test_what_makes_no_sense_stays_typed(meevaart, amina, bram, sign_in, typed, sentence):
    page = sign_in(amina).post(PAGE, data={"person": bram.id, **typed})
    assert page.status_code == 422
    assert sentence in page.text
    assert f'value="{typed["email"]}"' in page.text
