"""Leaving: what tells who somebody is goes, what they did stays, and no door opens any more."""

import threading

import pytest
from sqlalchemy import select

from buurthuis.accounts import invitations, queries, roles, tokens
from buurthuis.accounts.invitations import Guest
from buurthuis.accounts.models import Invitation, Person, Role, RoleName
from buurthuis.accounts.refusals import LastManager
from buurthuis.bookings.models import Booking
from buurthuis.feeds import actions as feeds
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation.db import Model, db
from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.logbook import LogEntry
from buurthuis.handover import actions
from buurthuis.handover.newcomers import Neighbour, put_in_books
from buurthuis.handover.refusals import OnlyVoice
from buurthuis.rules.standing import Kind
from tests.accounts.mailbox import ask, is_in, later, letters_to, rows
from tests.builders import a_membership, a_person, an_initiative

SURE = {"sure": "yes"}


def test_somebody_leaves_and_history_stays(app, client, bram, group, booking, sign_in):
    chandra = a_person("Chandra")
    a_membership(chandra, group)
    token = tokens.make_token(bram, "screen")
    secret = feeds.make(feeds.Scope(FeedKind.MINE), name="Phone", by=bram)
    email, browser, elsewhere = bram.email, sign_in(bram), sign_in(bram)
    feed = f"/ical/p/{secret}.ics"
    assert client.get(feed).status_code == 200

    done = browser.post("/me/leave", data=SURE, follow_redirects=True)
    assert "You have left" in done.text
    db.session.expire_all()
    assert (bram.email, bram.phone, bram.name) == (None, "", "Iemand die weg is")
    assert (bram.roles, bram.memberships) == ([], [])
    assert not is_in(elsewhere)
    assert client.get(feed).status_code == 404
    calls = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/bookings", headers=calls).status_code == 401
    assert "farewell" in [letter.template for letter in letters_to(email)]

    db.session.refresh(booking)
    assert booking.booked_by_id == bram.id
    assert booking.is_live
    deed = db.session.scalars(select(LogEntry).where(LogEntry.verb == "person.left")).one()
    assert deed.actor_id == bram.id


def test_whoever_left_can_come_back_as_somebody_new(client, bram):
    email = bram.email
    actions.leave(bram)
    ask(client, email)
    [code] = [letter.facts["code"] for letter in letters_to(email) if "code" in letter.facts]
    client.post("/sign-in/code", data={"email": email, "name": "Bram", "code": code})
    assert rows(Person) == 2
    assert is_in(client)


def test_the_last_manager_reads_what_to_do_first(meevaart, amina, sign_in):
    browser = sign_in(amina)
    page = browser.get("/me/leave").text
    assert "Only you manage De Meevaart." in page
    assert "/houses/meevaart/hand-over" in page
    refused = browser.post("/me/leave", data=SURE)
    assert refused.status_code == 409
    assert "Make somebody else manager first" in refused.text
    assert is_in(browser)


def test_the_only_voice_of_a_group_with_bookings_stays(bram, group, booking, sign_in):
    browser = sign_in(bram)
    assert "Only you book for Repair Café Oost" in browser.get("/me/leave").text
    assert browser.post("/me/leave", data=SURE).status_code == 409
    with pytest.raises(OnlyVoice):
        actions.leave(bram)
    db.session.expire_all()
    assert bram.email is not None
    assert queries.has_role(bram, "host")


def test_a_group_without_bookings_holds_nobody(bram, group):
    actions.leave(bram)
    assert queries.speakers_of(group) == []


def test_leaving_asks_for_a_tick(bram, sign_in):
    browser = sign_in(bram)
    page = browser.post("/me/leave")
    assert page.status_code == 422
    assert "Tick the box first" in page.text
    assert is_in(browser)


def test_lists_go_on_after_somebody_left(meevaart, amina, bram, group, booking, sign_in):
    a_membership(a_person("Chandra"), group)
    actions.leave(bram)
    desk = sign_in(amina)
    for path in ("", "requests", "logbook", "people", "recognitions", f"bookings/{booking.id}"):
        assert desk.get(f"/houses/meevaart/{path}").status_code == 200
    assert "Bram" not in desk.get(f"/houses/meevaart/bookings/{booking.id}").text


@pytest.mark.parametrize("verb", ["leave", "end"])
def test_two_managers_who_go_at_once_leave_one(app, meevaart, amina, chandra, verb):
    ids, house = [amina.id, chandra.id], meevaart.id
    start, outcomes = threading.Barrier(2), []

    def go(index: int) -> None:
        with app.app_context():
            person = db.session.get(Person, ids[index])
            venue = db.session.get(type(meevaart), house)
            db.session.rollback()
            start.wait()
            try:
                if verb == "leave":
                    actions.leave(person)
                else:
                    roles.end_role(person, "manager", venue, by=person)
                outcomes.append("gone")
            except Refusal as refusal:
                outcomes.append(refusal.code)

    db.session.commit()
    threads = [threading.Thread(target=go, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["gone", LastManager.code]
    assert rows(Role) == 1


def test_nothing_of_a_person_is_deleted_with_their_bookings(bram, group, booking):
    a_membership(a_person("Chandra"), group)
    an_initiative(bram, name="Koor")
    actions.leave(bram)
    assert rows(Booking) == 1


def test_a_day_later_the_house_knows_the_address_no_more(app, meevaart, amina, bram):
    guest = Guest("Bram", bram.email)
    invitations.invite_to_house(meevaart, RoleName.TREASURER, guest, by=amina)
    email = bram.email
    actions.leave(bram)
    app.test_cli_runner().invoke(args=["worker", "--once"], catch_exceptions=False)
    assert [each.template for each in letters_to(email)] == ["farewell"]
    db.session.commit()
    with later(days=16):
        app.test_cli_runner().invoke(args=["worker", "--once"], catch_exceptions=False)
    assert letters_to(email) == []
    assert rows(Invitation) == 0


def test_a_group_that_is_only_themselves_loses_their_name_too(app, meevaart, amina, bram):
    who = Neighbour("Fatima Zeldzaam")
    fatima = put_in_books(meevaart, who, by=amina, is_for_themselves=True)
    choir = an_initiative(fatima, name="Koor")
    club = an_initiative(fatima, kind=Kind.PRIVATE, name="Kaartclub")
    a_membership(bram, club)

    actions.leave(fatima)

    stored = [
        str(dict(row))
        for table in Model.metadata.sorted_tables
        for row in db.session.execute(select(table)).mappings()
    ]
    assert not [row for row in stored if "Zeldzaam" in row]
    assert (choir.name, club.name) == ("Koor", "Kaartclub"), "others know them by these"
