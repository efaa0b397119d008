"""Everybody sees all that is stored about them, and takes it along; nothing of others, no secrets."""

import json

from sqlalchemy import select

from buurthuis.accounts import invitations, queries, tokens
from buurthuis.accounts.invitations import Guest
from buurthuis.accounts.models import RoleName
from buurthuis.api.models import IdempotencyKey
from buurthuis.bookings import actions as bookings
from buurthuis.feeds import actions as feeds
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import Model, db
from buurthuis.handover import about_me, addresses
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.actions import recognise
from tests.accounts.mailbox import ask, letters_to
from tests.builders import a_person, a_role, an_initiative


def test_every_key_that_points_to_a_person_has_a_title(app):
    keys = {f"{each.table.name}.{each.name}" for each in about_me.keys_to_people()}
    assert keys - about_me.WORDS.keys() == set(), "give it a title in handover/about_me.py"


def test_every_key_that_points_to_a_person_is_taken_along(app):
    """The walk over the tables here is another one than that of the program."""
    found = {
        f"{table.name}.{key.parent.name}"
        for table in Model.metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "person.id"
    }
    told = {f"{each.table.name}.{each.name}" for each in about_me.keys_to_people()}
    assert told == found
    assert len(told) >= 18


def test_the_file_holds_all_of_bram(client, meevaart, amina, bram, group, booking, sign_in):
    browser = sign_in(bram)
    feeds.make(feeds.Scope(FeedKind.MINE), name="My phone", by=bram)
    token = tokens.make_token(bram, "screen")
    ask(client, bram.email)
    bookings.ask(booking.id, text="How many tables?", by=amina)
    bookings.answer(booking.id, text="Eight tables", by=bram)
    code = invitations.invite_to_house(meevaart, RoleName.TREASURER, Guest("B."), by=amina)
    invitations.accept_invitation(queries.invitation_of(code).id, by=bram)
    db.session.add(
        IdempotencyKey(person_id=bram.id, key="k-1", asked_hash="secret-print", submission="s",
                       created_at=clock.now())
    )  # fmt: skip
    answer = browser.get("/me/data.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    told = json.loads(answer.text)

    assert told["you"]["email"] == bram.email
    stored = told["stored"]
    assert set(stored) == {
        "role.person_id", "membership.person_id", "booking.booked_by_id",
        "booking_message.author_id", "feed.person_id", "sign_in_session.person_id",
        "api_token.person_id", "idempotency_key.person_id", "invitation.used_by_id",
        "logbook.actor_id", "logbook.subject_id", "outbox.recipient", "sign_in_code.email",
    }  # fmt: skip
    assert stored["booking.booked_by_id"]["rows"][0]["title"] == booking.title
    assert stored["booking.booked_by_id"]["rows"][0]["venue"] == "De Meevaart"
    assert stored["booking_message.author_id"]["rows"][0]["text"] == "Eight tables"
    assert stored["membership.person_id"]["rows"][0]["initiative"] == group.name
    assert token not in answer.text
    assert "_hash" not in answer.text
    secrets = [str(value) for each in letters_to(bram.email) for value in each.facts.values()]
    assert [each for each in secrets if "/link/" in each and each in answer.text] == []
    assert code not in answer.text.replace("-", "")


def test_what_a_manager_did_is_told_without_the_things_of_others(meevaart, amina, bram, booking):
    recognise(an_initiative(bram), Kind.RESIDENT_INITIATIVE, venue=meevaart, by=amina, reason="x")
    bookings.cancel(booking.id, by=amina, reason="leak")
    addresses.ask(bram, meevaart, new_email="b@new.example", reason="lost", by=amina)
    text = json.dumps(about_me.everything_about(amina))
    assert "b@new.example" not in text
    assert booking.title not in text
    assert booking.uid in text


def test_the_page_says_it_in_plain_words(bram, group, booking, sign_in):
    page = sign_in(bram).get("/me/data").text
    for words in ("What you booked", "Your roles", group.name, bram.email, "De Meevaart"):
        assert words in page
    assert "Groups you recognised" not in page


def test_somebody_without_anything_has_a_page_too(app, sign_in):
    truus = a_person("Truus", None)
    a_role(truus, "board")
    assert sign_in(truus).get("/me/data").status_code == 200


def test_an_export_of_a_person_says_nothing_of_another(bram, group, booking, sign_in):
    dirk = a_person("Dirk")
    told = about_me.everything_about(dirk)
    assert told["stored"] == {}
    assert db.session.scalar(select(type(bram).name).where(type(bram).id == bram.id)) == "Bram"
