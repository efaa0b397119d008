"""Nobody gets a role or a voice without a yes: invitations by mail and on paper, used once."""

import re
import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from buurthuis.accounts import invitations, queries, roles
from buurthuis.accounts.codes import LONG, understood
from buurthuis.accounts.invitations import Guest
from buurthuis.accounts.models import Invitation, Person, RoleName
from buurthuis.accounts.refusals import InvitationGone
from buurthuis.accounts.signing import Newcomer
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from tests.accounts.mailbox import answer, is_in, later, letters_to, link_for, rows
from tests.builders import a_manager, a_membership, a_person, a_role, a_venue, an_initiative

HOST = RoleName.HOST


@pytest.fixture
def meevaart(app):
    return a_venue("meevaart", name="De Meevaart")


@pytest.fixture
def amina(meevaart):
    return a_manager(meevaart, "Amina")


def code_on(page: str) -> str:
    """The code that a page shows to be printed."""
    return re.search(r'done__reference">([0-9A-Z-]+)<', page)[1]


def the_person(name: str) -> Person:
    db.session.expire_all()
    return db.session.query(Person).filter_by(name=name).one()


def test_somebody_new_says_yes_to_a_role_by_mail(client, meevaart, amina, sign_in):
    data = {"name": "Bram", "email": "bram@repair.example", "role": "key_holder"}
    sign_in(amina).post("/houses/meevaart/people", data=data)
    [letter] = letters_to("bram@repair.example")
    assert (letter.facts["by_name"], letter.facts["role"]) == ("Amina", "key-holder")
    link = link_for("bram@repair.example")
    page = client.get(link)
    assert "Help in De Meevaart" in page.text
    assert "Has a key" in page.text
    assert rows(Person) == 1

    assert client.post(link, data={"name": "Bram"}).status_code == 303
    bram = the_person("Bram")
    assert bram.email == "bram@repair.example"
    assert queries.has_role(bram, "key_holder", venue_id=meevaart.id)
    assert is_in(client)


def test_the_code_of_a_letter_is_shown_to_nobody_else(meevaart, amina, sign_in):
    data = {"name": "Bram", "email": "bram@repair.example", "role": "host"}
    browser = sign_in(amina)
    made = browser.post("/houses/meevaart/people", data=data, follow_redirects=True)
    code = link_for("bram@repair.example").rsplit("/", 1)[1]
    assert understood(code, LONG) == code
    assert code not in made.text.replace("-", "")
    assert code not in str([vars(each) for each in db.session.query(Invitation)])


def test_somebody_without_mail_says_yes_with_a_printed_code(client, meevaart, amina, sign_in):
    paper = sign_in(amina).post("/houses/meevaart/people", data={"name": "Truus", "role": "host"})
    assert "De Meevaart" in paper.text
    assert "<svg" in paper.text
    typed = code_on(paper.text).lower().replace("-", " ").replace("0", "o")
    found = client.post("/invitation", data={"code": typed})
    assert found.status_code == 303
    assert client.post(found.location, data={"name": "Truus"}).status_code == 303
    truus = the_person("Truus")
    assert truus.email is None
    assert queries.has_role(truus, "host", venue_id=meevaart.id)
    assert is_in(client)


def test_a_typed_address_is_proven_before_it_counts(client, meevaart, amina):
    a_role(dirk := a_person("Dirk", "dirk@people.example"), "host", a_venue())
    code = invitations.invite_to_house(meevaart, HOST, Guest("Bram"), by=amina)
    way = client.post(f"/invitation/{code}", data={"name": "Bram", "email": "dirk@people.example"})
    assert way.location == "/sign-in/code"
    assert not is_in(client)
    assert not queries.has_role(dirk, "host", venue_id=meevaart.id)

    [letter] = letters_to("dirk@people.example")
    way = answer(client, "dirk@people.example", letter.facts["code"])
    assert way.location == f"/invitation/{code}"
    client.post(way.location)
    db.session.expire_all()
    assert queries.has_role(dirk, "host", venue_id=meevaart.id)


def test_a_letter_to_somebody_known_does_not_sign_them_in(client, meevaart, amina):
    bram = a_person("Bram", "bram@repair.example")
    invitations.invite_to_house(meevaart, HOST, Guest("Bram", bram.email), by=amina)
    link = link_for(bram.email)
    assert client.post(link, data={"name": "Bram"}).location == "/sign-in/code"
    assert not is_in(client)


def test_who_is_signed_in_says_yes_as_themselves(meevaart, amina, sign_in):
    bram = a_person("Bram")
    code = invitations.invite_to_house(meevaart, HOST, Guest("B."), by=amina)
    browser = sign_in(bram)
    assert "You say yes as Bram" in browser.get(f"/invitation/{code}").text
    assert browser.post(f"/invitation/{code}").location == "/me"
    db.session.expire_all()
    assert queries.has_role(bram, "host", venue_id=meevaart.id)


def test_a_code_serves_once(client, meevaart, amina, app):
    code = invitations.invite_to_house(meevaart, HOST, Guest("Truus"), by=amina)
    client.post(f"/invitation/{code}", data={"name": "Truus"})
    again = app.test_client().post(f"/invitation/{code}", data={"name": "Henk"})
    assert again.status_code == 410
    assert "ask for a new one" in again.text
    assert rows(Person) == 2


def test_looking_uses_up_nothing(client, meevaart, amina):
    code = invitations.invite_to_house(meevaart, HOST, Guest("Truus"), by=amina)
    for _ in range(3):
        assert client.get(f"/invitation/{code}").status_code == 200
        client.head(f"/invitation/{code}")
    assert client.post(f"/invitation/{code}", data={"name": "Truus"}).status_code == 303


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM-2XTR-9ABC", "\x00" * 12, "U" * 12, "9" * 9000])
def test_a_wrong_code_gets_a_sentence(client, typed):
    page = client.post("/invitation", data={"code": typed})
    assert page.status_code == 422
    assert "Type the 12 letters" in page.text or "Look once more" in page.text
    assert client.get("/invitation/K7QM2XTR9ABC").status_code == 410


@pytest.mark.parametrize(
    "code", ["x", "%00" * 12, "K7QM-2XTR-9ABC", "%F0%9F%8F%A0" * 12, "9" * 3000, "..", "é" * 12]
)
def test_an_address_with_a_wrong_code_says_what_to_do(client, code):
    assert client.get(f"/invitation/{code}").status_code in {404, 410}
    assert client.post(f"/invitation/{code}", data={"name": "Dirk"}).status_code in {404, 410}
    assert rows(Person) == 0


def test_an_invitation_lasts_two_weeks(client, meevaart, amina):
    code = invitations.invite_to_house(meevaart, HOST, Guest("Truus"), by=amina)
    with later(days=13, hours=23):
        assert client.get(f"/invitation/{code}").status_code == 200
    with later(days=14):
        assert client.get(f"/invitation/{code}").status_code == 410
        assert client.post(f"/invitation/{code}", data={"name": "Truus"}).status_code == 410


def test_an_invitation_is_listed_and_taken_back(client, meevaart, amina, sign_in):
    code = invitations.invite_to_house(meevaart, HOST, Guest("Truus Waard"), by=amina)
    desk = sign_in(amina)
    assert "Truus Waard" in desk.get("/houses/meevaart/people").text
    gone = desk.post(f"/invitations/{queries.invitation_of(code).id}/withdraw")
    assert urlsplit(gone.location).path == "/houses/meevaart/people"
    assert "Truus Waard" not in desk.get("/houses/meevaart/people").text
    assert client.post(f"/invitation/{code}", data={"name": "Truus"}).status_code == 410


def test_an_invitation_falls_with_the_right_to_invite(client, meevaart, amina):
    bram = a_manager(meevaart, "Bram")
    code = invitations.invite_to_house(meevaart, HOST, Guest("Dirk"), by=bram)
    roles.end_role(bram, "manager", meevaart, by=amina)
    assert client.post(f"/invitation/{code}", data={"name": "Dirk"}).status_code == 410
    assert rows(Person) == 2


def test_inviting_again_replaces_the_letter_before(client, meevaart, amina):
    guest = Guest("Bram", "bram@repair.example")
    invitations.invite_to_house(meevaart, HOST, guest, by=amina)
    invitations.invite_to_house(meevaart, RoleName.TREASURER, guest, by=amina)
    invitations.invite_to_house(meevaart, HOST, guest, by=amina)
    open_now = queries.open_invitations(meevaart, now=clock.now())
    assert sorted(each.role for each in open_now) == ["host", "treasurer"]


def test_an_invitation_never_makes_a_role_shorter(meevaart, amina):
    bram = a_person("Bram")
    roles.give_role(bram, HOST, meevaart, by=amina)
    soon = day_of(clock.now()) + timedelta(days=3)
    code = invitations.invite_to_house(meevaart, HOST, Guest("B."), by=amina, until_on=soon)
    invitations.accept_invitation(queries.invitation_of(code).id, by=bram)
    assert [role.until_on for role in bram.roles] == [None]


def test_an_invitation_whose_last_day_passed_is_over(meevaart, amina):
    soon = day_of(clock.now()) + timedelta(days=3)
    code = invitations.invite_to_house(meevaart, HOST, Guest("B."), by=amina, until_on=soon)
    number = queries.invitation_of(code).id
    with later(days=4), pytest.raises(InvitationGone):
        invitations.accept_invitation(number, by=a_person("Bram"))


def test_two_who_use_one_code_at_one_moment_make_one_person(meevaart, amina, app):
    code = invitations.invite_to_house(meevaart, HOST, Guest("Truus"), by=amina)
    number = queries.invitation_of(code).id
    start, outcomes = threading.Barrier(2), []

    def say_yes(name: str) -> None:
        with app.app_context():
            start.wait()
            try:
                invitations.accept_as_newcomer(number, Newcomer(name))
                outcomes.append("in")
            except InvitationGone:
                outcomes.append("gone")

    db.session.commit()
    threads = [threading.Thread(target=say_yes, args=(name,)) for name in ("Truus", "Henk")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["gone", "in"]
    assert rows(Person) == 2


def test_a_guest_of_a_group_hears_what_it_means(client, meevaart):
    bram = a_person("Bram")
    group = an_initiative(bram)
    code = invitations.invite_to_group(group, Guest("Chandra"), by=bram)
    page = client.get(f"/invitation/{code}").text
    assert "Book for Repair Café Oost" in page
    client.post(f"/invitation/{code}", data={"name": "Chandra"})
    assert queries.speaks_for(the_person("Chandra"), group.id)


def test_saying_yes_twice_to_a_group_changes_nothing(meevaart):
    bram, chandra = a_person("Bram"), a_person("Chandra")
    group = an_initiative(bram)
    a_membership(chandra, group)
    code = invitations.invite_to_group(group, Guest("C."), by=bram)
    invitations.accept_invitation(queries.invitation_of(code).id, by=chandra)
    assert [each.name for each in queries.speakers_of(group)] == ["Bram", "Chandra"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "role": "host"}, "Write a name."),
        ({"name": "B", "role": "admin"}, "Choose one of the roles"),
        ({"name": "B", "role": ""}, "Choose one of the roles"),
        ({"name": "B", "role": "host", "email": "nobody"}, "This is not an e-mail address"),
        ({"name": "B", "role": "host", "until": "2020-01-01"}, "This day is over"),
        ({"name": "B", "role": "host", "until": "soon"}, "Choose a day that exists"),
        ({"name": "B", "role": "host", "until": "9999-12-31"}, "Choose a day that exists"),
        ({"name": "x" * 5000, "role": "host"}, "too long"),
        ({"name": "\x00\u202e", "role": "host"}, "Write a name."),
    ],
)
def test_an_invitation_that_makes_no_sense_stays_typed(meevaart, amina, sign_in, typed, sentence):
    page = sign_in(amina).post("/houses/meevaart/people", data=typed)
    assert page.status_code == 422
    assert sentence in page.text
    assert rows(Invitation) == 0
    for value in typed.values():
        if value in {"nobody", "soon", "2020-01-01"}:
            assert f'value="{value}"' in page.text
