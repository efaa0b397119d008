"""Roles are held per house, by people who are there, as long as they hold."""

from datetime import date, timedelta

import pytest

from buurthuis.accounts import actions, queries, roles
from buurthuis.accounts.models import Role, RoleName
from buurthuis.accounts.refusals import HouseNeeded, LastManager
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from tests.accounts.mailbox import later, rows
from tests.builders import a_person, a_role, a_venue

TODAY = date(2026, 3, 2)


@pytest.fixture
def amina(app):
    return a_person("Amina")


@pytest.fixture
def meevaart(app):
    return a_venue("de-meevaart")


@pytest.fixture
def kraai(app):
    return a_venue("de-bonte-kraai")


def test_a_role_counts_in_its_own_house(amina, meevaart, kraai):
    roles.give_role(amina, "key_holder", meevaart, by=None)
    assert queries.has_role(amina, "key_holder", venue_id=meevaart.id)
    assert queries.has_role(amina, "manager", "key_holder")
    assert not queries.has_role(amina, "key_holder", venue_id=kraai.id)
    assert not queries.has_role(amina, "manager", venue_id=meevaart.id)
    assert queries.houses_of(amina, "key_holder") == {meevaart.id}
    assert queries.houses_of(amina, "manager") == set()


def test_the_board_over_all_houses_counts_everywhere(amina, meevaart):
    roles.give_role(amina, RoleName.BOARD, None, by=None)
    assert queries.has_role(amina, "board", venue_id=meevaart.id)
    assert queries.houses_of(amina, "board") is None
    assert not queries.has_role(amina, "manager", venue_id=meevaart.id)


def test_an_admin_has_every_role_where_they_are_admin(amina, meevaart, kraai):
    roles.give_role(amina, "admin", meevaart, by=None)
    assert queries.has_role(amina, "manager", venue_id=meevaart.id)
    assert not queries.has_role(amina, "manager", venue_id=kraai.id)
    assert not queries.is_admin_of_all(amina)
    roles.give_role(amina, "admin", None, by=None)
    assert queries.has_role(amina, "manager", venue_id=kraai.id)
    assert queries.houses_of(amina, "treasurer") is None
    assert queries.is_admin_of_all(amina)


def test_a_visitor_and_somebody_who_left_have_no_role(amina, meevaart):
    a_role(amina, "manager", meevaart)
    amina.left_at = clock.now()
    assert not queries.has_role(amina, "manager")
    assert not queries.has_role(None, "manager")
    assert queries.houses_of(None, "manager") == set()
    assert not queries.speaks_for(None, 1)


def test_a_role_holds_until_its_last_day(amina, meevaart):
    roles.give_role(amina, "host", meevaart, by=None, until_on=TODAY)
    assert queries.has_role(amina, "host")
    assert queries.people_with_role(meevaart, "host") == [amina]
    with later(hours=14, minutes=59):
        assert queries.has_role(amina, "host")
    with later(hours=15):
        assert not queries.has_role(amina, "host")
        assert queries.people_with_role(meevaart, "host") == []


def test_giving_a_role_twice_changes_nothing_and_another_day_is_kept(amina, meevaart):
    first = roles.give_role(amina, "host", meevaart, by=None)
    assert roles.give_role(amina, "host", meevaart, by=None).id == first.id
    roles.give_role(amina, "host", meevaart, by=None, until_on=TODAY)
    assert rows(Role) == 1
    assert amina.roles[0].until_on == TODAY


def test_only_board_and_admin_are_held_over_all_houses(amina):
    with pytest.raises(HouseNeeded):
        roles.give_role(amina, "manager", None, by=None)


def test_the_last_manager_of_a_house_stays(amina, meevaart, kraai):
    roles.give_role(amina, "manager", meevaart, by=None)
    roles.give_role(a_person("Bram"), "manager", kraai, by=None)
    with pytest.raises(LastManager):
        roles.end_role(amina, "manager", meevaart, by=None)
    with pytest.raises(LastManager):
        roles.give_role(amina, "manager", meevaart, by=None, until_on=TODAY - timedelta(days=1))
    db.session.expire_all()
    assert queries.has_role(amina, "manager", venue_id=meevaart.id)


def test_a_manager_goes_when_another_is_there(amina, meevaart):
    bram = a_person("Bram")
    roles.give_role(amina, "manager", meevaart, by=None)
    roles.give_role(bram, "manager", meevaart, by=amina)
    roles.end_role(amina, "manager", meevaart, by=bram)
    assert not queries.has_role(amina, "manager")
    assert queries.people_with_role(meevaart, "manager") == [bram]


def test_a_manager_who_left_does_not_count_as_the_other_one(amina, meevaart):
    gone = a_person("Gone", left_at=clock.now())
    a_role(gone, "manager", meevaart)
    a_role(amina, "manager", meevaart)
    with pytest.raises(LastManager):
        roles.end_role(amina, "manager", meevaart, by=None)
    roles.end_role(gone, "manager", meevaart, by=amina)


def test_ending_a_role_that_nobody_has_is_not_found(amina, meevaart):
    with pytest.raises(NotFound):
        roles.end_role(amina, "host", meevaart, by=None)


def test_people_with_a_role_are_each_named_once(amina, meevaart, kraai):
    chandra = a_person("Chandra")
    for name in ("manager", "host"):
        a_role(amina, name, meevaart)
    a_role(chandra, "board")
    a_role(a_person("Bram"), "manager", kraai)
    assert queries.people_with_role(meevaart, "manager", "host", "board") == [amina, chandra]


def test_somebody_without_an_address_can_be_put_in_the_books(amina):
    for name in ("Oma Truus", "Opa Henk"):
        assert actions.make_person(name, by=amina).email is None
