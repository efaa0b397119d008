"""The people of a house: who has which rights, invite, prolong, end; and neighbours without e-mail."""

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from buurthuis.accounts import invitations, queries
from buurthuis.accounts.models import Initiative, Invitation, Person, Role, RoleName
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.handover import newcomers
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import Kind
from buurthuis.tariffs import actions as tariffs
from buurthuis.tariffs.models import Recognition
from tests.accounts.mailbox import is_in, later, letters_to, rows
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_role,
    a_venue,
    an_initiative,
    friday,
)

PAGE = "/houses/de-meevaart/people"


def the_role(person, name) -> Role:
    db.session.expire_all()
    return next(role for role in person.roles if role.name == name)


def code_on(answer) -> str:
    return re.search(r'done__reference">([0-9A-Z-]+)<', answer.text)[1]


@pytest.fixture
def amina(venue):
    person = a_person("Amina", "amina@key.example")
    a_role(person, "key_holder", venue)
    return person


def test_whoever_stands_at_the_desk_sees_names_and_what_they_may_do(venue, manager, amina, sign_in):
    page = sign_in(amina).get(PAGE).text
    for words in ("Nadia", "Amina", "Key-holder", "Says yes or no to requests."):
        assert words in page
    assert manager.email not in page
    assert "Invite somebody" not in page


def test_managers_see_addresses_as_well(desk, amina):
    assert "amina@key.example" in desk.get(PAGE).text


def test_a_role_gets_a_last_day_and_loses_it_again(desk, amina):
    role = the_role(amina, "key_holder")
    last = day_of(clock.now()) + timedelta(days=20)
    assert desk.post(f"{PAGE}/roles/{role.id}", data={"until": last}).status_code == 303
    assert the_role(amina, "key_holder").until_on == last
    assert "Until Sunday 22 March 2026." in desk.get(PAGE).text
    with later(days=21):
        assert not queries.has_role(amina, "key_holder")
        assert "Ended on Sunday 22 March 2026." in desk.get(PAGE).text
    desk.post(f"{PAGE}/roles/{role.id}", data={"until": ""})
    assert the_role(amina, "key_holder").until_on is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-02-28", "This day is over."),
        ("31-12-2026", "Choose a day that exists"),
        ("\x00", "Choose a day that exists"),
        ("9" * 5000, "Choose a day that exists"),
    ],
)
def test_a_last_day_that_makes_no_sense_changes_nothing(desk, amina, typed, sentence):
    role = the_role(amina, "key_holder")
    page = desk.post(f"{PAGE}/roles/{role.id}", data={"until": typed})
    assert page.status_code == 422
    assert sentence in page.text
    assert the_role(amina, "key_holder").until_on is None


def test_the_only_manager_gets_no_last_day_and_does_not_end(desk, manager, venue):
    role = the_role(manager, "manager")
    page = desk.post(f"{PAGE}/roles/{role.id}", data={"until": "2026-04-01"})
    assert page.status_code == 422
    assert "Make somebody else manager first." in page.text
    refused = desk.post(f"{PAGE}/roles/{role.id}/end", follow_redirects=True)
    assert "Make somebody else manager first." in refused.text
    assert queries.has_role(manager, "manager", venue_id=venue.id)


def test_a_role_is_ended(desk, amina):
    role = the_role(amina, "key_holder")
    done = desk.post(f"{PAGE}/roles/{role.id}/end", follow_redirects=True)
    assert "Amina does not have this role any more." in done.text
    assert not queries.has_role(amina, "key_holder")


def test_a_manager_who_ends_their_own_role_goes_to_their_own_page(desk, manager, venue):
    a_manager(venue, "Youssef")
    role = the_role(manager, "manager")
    assert desk.post(f"{PAGE}/roles/{role.id}/end").location == "/me"


def test_the_role_of_another_house_is_not_ours_to_end(desk, venue):
    elsewhere = a_manager(a_venue("elsewhere"), "Youssef")
    role = the_role(elsewhere, "manager")
    assert desk.post(f"{PAGE}/roles/{role.id}/end").status_code == 404
    admin = a_person("Anna")
    own = a_role(admin, "admin", venue)
    assert desk.post(f"{PAGE}/roles/{own.id}/end").status_code == 404
    assert queries.has_role(admin, "admin")


def test_opa_henk_has_no_mail_and_books_all_the_same(app, desk, venue, client):
    made = desk.post(
        f"{PAGE}/new", data={"name": "Opa Henk", "phone": "020 123 4567", "group": "own"}
    )
    assert made.status_code == 303
    henk = db.session.query(Person).filter_by(name="Opa Henk").one()
    assert (henk.email, henk.phone) == (None, "020 123 4567")
    assert [each.initiative.kind for each in henk.memberships] == [Kind.PRIVATE]
    assert "Opa Henk" in desk.get(PAGE).text

    code = code_on(desk.post(f"{PAGE}/{henk.id}/slip"))
    way = client.post("/invitation", data={"code": code})
    assert "Hello Opa Henk" in client.get(way.location).text
    client.post(way.location)
    assert "Hello Opa Henk" in client.get("/me").text

    second = app.test_client()
    assert second.post(way.location).status_code == 410
    assert not is_in(second)


def test_a_new_slip_ends_the_one_before(client, desk, venue, manager):
    truus = newcomers.put_in_books(venue, newcomers.Neighbour("Truus"), by=manager)
    first = invitations.write_slip(truus, venue, by=manager)
    second = invitations.write_slip(truus, venue, by=manager)
    assert client.post(f"/invitation/{first}").status_code == 410
    with later(days=7):
        assert client.post(f"/invitation/{second}").status_code == 410
    assert client.post(f"/invitation/{second}").status_code == 303


def test_a_slip_signs_its_owner_in_where_another_was(sign_in, venue, manager):
    truus = newcomers.put_in_books(venue, newcomers.Neighbour("Truus"), by=manager)
    code = invitations.write_slip(truus, venue, by=manager)
    tablet = sign_in(a_person("Dirk"))
    assert "This device is signed in as Dirk now." in tablet.get(f"/invitation/{code}").text
    tablet.post(f"/invitation/{code}")
    assert "Hello Truus" in tablet.get("/me").text


def test_nobody_prints_a_way_in_for_somebody_with_mail_or_a_role(desk, venue, manager, amina):
    truus = newcomers.put_in_books(venue, newcomers.Neighbour("Truus"), by=manager)
    a_role(truus, "host", venue)
    for person in (amina, truus, manager):
        assert desk.post(f"{PAGE}/{person.id}/slip").status_code == 404
    assert rows(Invitation) == 0


def test_a_slip_falls_when_its_owner_gets_mail_or_a_role(client, venue, manager):
    truus = newcomers.put_in_books(venue, newcomers.Neighbour("Truus"), by=manager)
    code = invitations.write_slip(truus, venue, by=manager)
    a_role(truus, "host", venue)
    assert client.post(f"/invitation/{code}").status_code == 410


def test_a_stranger_to_the_house_gets_no_slip(desk, venue):
    stranger = a_person("Truus", None)
    assert desk.post(f"{PAGE}/{stranger.id}/slip").status_code == 404


def test_a_neighbour_joins_a_group_of_the_house_and_the_group_hears_it(desk, room, venue):
    bram = a_person("Bram")
    group = an_initiative(bram)
    a_booking(room, friday(10, 12), by=bram, for_=group)
    stranger = an_initiative(a_person("Dirk"), name="Elders")
    form = desk.get(f"{PAGE}/new").text
    assert group.name in form
    assert "Elders" not in form

    desk.post(f"{PAGE}/new", data={"name": "Truus", "group": group.id})
    truus = db.session.query(Person).filter_by(name="Truus").one()
    assert queries.speaks_for(truus, group.id)
    assert letters_to(bram.email)[-1].template == "group_joined"

    refused = desk.post(f"{PAGE}/new", data={"name": "Henk", "group": stranger.id})
    assert refused.status_code == 422
    assert db.session.query(Person).filter_by(name="Henk").count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "group": "own"}, "Write a name."),
        ({"name": "Truus", "group": "own", "phone": "call me"}, "Use only digits"),
        ({"name": "Truus", "group": "1e999"}, "Choose one from the list."),
        ({"name": "Truus"}, "Choose one from the list."),
        ({"name": "x" * 5000, "group": "none"}, "too long"),
    ],
)
def test_a_neighbour_that_makes_no_sense_stays_typed(desk, typed, sentence):
    before = rows(Person)
    page = desk.post(f"{PAGE}/new", data=typed)
    assert page.status_code == 422
    assert sentence in page.text
    assert rows(Person) == before
    assert f'value="{typed.get("phone", "")}"' in page.text


def test_a_house_without_anybody_else_reads_well(desk):
    page = desk.get(PAGE).text
    assert "Without e-mail" in page
    assert "Invited, no answer yet" not in page


def test_two_managers_who_recognise_one_group_at_once_leave_one_recognition(app, venue, manager):
    other = a_manager(venue, "Youssef")
    group = an_initiative(a_person("Bram"))
    ids, house, number = [manager.id, other.id], venue.id, group.id
    start = threading.Barrier(2)

    def recognise(index: int) -> None:
        with app.app_context():
            by = db.session.get(Person, ids[index])
            here, whom = db.session.get(type(venue), house), db.session.get(Initiative, number)
            db.session.rollback()
            start.wait()
            tariffs.recognise(whom, Kind.RESIDENT_INITIATIVE, venue=here, by=by, reason="known")

    db.session.commit()
    threads = [threading.Thread(target=recognise, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    running = select(Recognition).where(Recognition.valid_to.is_(None))
    assert len(db.session.scalars(running).all()) == 1
    assert rows(Recognition) == 2


def test_an_invited_treasurer_stands_at_the_desk(client, desk, venue):
    code = code_on(desk.post(PAGE, data={"name": "Chandra", "role": "treasurer"}))
    client.post(f"/invitation/{code}", data={"name": "Chandra"})
    assert client.get("/houses/de-meevaart/").status_code == 200
    assert client.get(f"{PAGE}/new").status_code == 403
    chandra = db.session.query(Person).filter_by(name="Chandra").one()
    assert [role.name for role in chandra.roles] == [RoleName.TREASURER]
