"""Ten coordinators give out the last key that may be out at the same moment: one of them does."""

import threading

import pytest

from buurthuis.accounts.models import Person, RoleName
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Busy, Refusal
from buurthuis.roster.keys import actions as key_actions
from buurthuis.roster.keys import queries as key_queries
from buurthuis.roster.keys.actions import Handing
from buurthuis.roster.keys.models import Lock
from tests.builders import a_manager, a_role, a_venue
from tests.roster.key_people import a_key, a_key_holder, a_lock, has_key

pytestmark = pytest.mark.race

AT_ONCE = 10


def test_only_one_gets_the_last_key_that_may_be_out(real):
    venue = a_venue()
    lock = a_lock(venue, most_issued=2)
    has_key(a_key_holder(venue, "First"), a_key(lock))
    pairs = []
    for number in range(AT_ONCE):
        coordinator = a_manager(venue, f"Nadia {number}")
        a_role(coordinator, RoleName.COORDINATOR, venue)
        holder = a_key_holder(venue, f"Holder {number}")
        pairs.append((a_key(lock).id, coordinator.id, holder.id))
    lock_id = lock.id
    db.session.remove()
    gate, answers = threading.Barrier(AT_ONCE), []

    def give(key_id, coordinator_id, holder_id):
        with real.app_context():
            by, holder = (db.session.get_one(Person, each) for each in (coordinator_id, holder_id))
            handing = Handing(holder.name, person=holder)
            db.session.commit()  # Whoever waits at the gate holds no lock.
            gate.wait()
            try:
                _stubborn(key_id, handing, by)
                answers.append("given")
            except Refusal as refusal:
                answers.append(refusal.code)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=give, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["given"] + ["most-keys-out"] * (AT_ONCE - 1)
    assert key_queries.count_out(db.session.get_one(Lock, lock_id)) == 2


def _stubborn(key_id, handing, by):
    """Give it out, again when the house was too busy."""
    for _again in range(5):
        try:
            return key_actions.give_out(key_id, handing, by=by)
        except Busy:
            continue
    return key_actions.give_out(key_id, handing, by=by)
