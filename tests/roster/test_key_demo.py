"""The demo's key-holders keep every rule, and the doctor sees when a hand moved a key."""

from sqlalchemy import func, select, text

from buurthuis.accounts.models import Person
from buurthuis.demo.roster_people import bring_key_holders
from buurthuis.foundation.db import db
from buurthuis.imports.demo_people import HOME, KEY_HOLDER, seed_people
from buurthuis.roster.holders.queries import holders_of
from buurthuis.roster.keys import queries as key_queries
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.rules.calendar import day_of
from buurthuis.upkeep.doctor_of_keys import keys_out_twice, too_many_keys_out
from tests.builders import a_venue
from tests.conftest import MONDAY_MORNING
from tests.roster.key_people import a_key, a_key_holder, a_lock, has_key


def test_each_demo_house_has_key_holders_once(app):
    venues = [a_venue(HOME), a_venue("elsewhere")]
    seed_people()
    came = bring_key_holders(seed=1)

    assert 12 <= came <= 25
    assert bring_key_holders(seed=1) == 0
    for venue in venues:
        holders = holders_of(venue)
        assert 6 <= len(holders) <= 13
        assert [each for each in holders if each.is_learner]
        assert not [each for each in holders if each.lacks_key or each.lacks_training]
        assert len(key_queries.overdue(venue, today=day_of(MONDAY_MORNING))) == 1
    amina = db.session.scalars(select(Person).where(Person.email == KEY_HOLDER)).one()
    assert key_queries.keys_of(amina)
    assert keys_out_twice() == too_many_keys_out() == []


def test_the_doctor_finds_a_key_that_is_in_two_places_and_one_too_many(app):
    venue = a_venue()
    lock = a_lock(venue, "Door", most_issued=2)
    first, _second = (has_key(a_key_holder(venue, name), a_key(lock)) for name in ("A", "B"))
    assert keys_out_twice() == too_many_keys_out() == []

    db.session.execute(text("UPDATE lock SET most_issued = 1"))
    db.session.execute(
        text(f"UPDATE physical_key SET state = 'in_house' WHERE id = {first.key_id}")
    )
    assert "2 keys to 'Door' are out, and 1 may be" in too_many_keys_out()[0]
    assert f"Key {first.key_id} is in_house and 1 have it" in keys_out_twice()[0]
    db.session.rollback()
    assert db.session.scalar(select(func.count(KeyIssue.id))) == 2
