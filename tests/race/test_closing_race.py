"""Many workers at one moment: a house that is not closed is asked about once, and a line is ticked once."""

from datetime import datetime, timedelta

import pytest

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.roster.models import Duty, DutyStatus, ShiftKind
from buurthuis.roster.tonight import actions
from buurthuis.roster.tonight.asking import ask_whether_closed
from buurthuis.roster.tonight.marking import mark_done
from buurthuis.roster.tonight.models import Moment, Presence, Tick
from buurthuis.roster.tonight.queries import checklist_of
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Approval, Venue
from tests.builders import a_booking, a_room, a_venue, on
from tests.race.test_seats_race import all_at_once
from tests.roster.evening import a_coordinator
from tests.roster.key_people import a_duty, a_key_holder

pytestmark = pytest.mark.race

WORKERS = 12


@pytest.fixture
def closing(real):
    """Amina was to close forty minutes ago, and said that she is there."""
    house = a_venue()
    day = day_of(datetime.now().astimezone()) + timedelta(days=10)
    booking = a_booking(a_room(house, approval=Approval.ALWAYS), on(day, 19, 21))
    amina, now = a_key_holder(house), clock.now()
    over = Period(now - timedelta(minutes=55), now - timedelta(minutes=40))
    duty = a_duty(amina, house, booking.id, over, kind=ShiftKind.CLOSE)
    actions.begin(duty.id, by=amina)
    nadia = a_coordinator(house)
    actions.write_checklist(house, Moment.CLOSING, ["Ramen dicht"], by=nadia)
    return duty.id, amina.id, house.id


def test_many_workers_ask_once_and_mark_once(real, closing):
    db.session.remove()
    counts = []
    for chore in (ask_whether_closed, mark_done):
        assert all_at_once(real, [lambda do=chore: counts.append(do())] * WORKERS) == []

    assert sum(counts) == 2, "one letter, one mark"
    [letter] = db.session.query(OutboxLetter).filter_by(template="house_not_closed")
    assert letter.facts["asked"] == "holder"
    assert db.session.query(Presence).one().asked == 1
    assert db.session.query(Duty).one().status == DutyStatus.DONE


def test_one_line_that_is_ticked_from_many_phones_is_ticked_once(real, closing):
    number, amina, house = closing
    [item] = checklist_of(db.session.get_one(Venue, house), Moment.CLOSING)
    item_id = item.id
    db.session.remove()

    def press(is_done):
        by = db.session.get_one(Person, amina)
        actions.tick(number, item_id, is_done=is_done, by=by)

    presses = [lambda done=turn % 2 == 0: press(done) for turn in range(WORKERS)]
    assert all_at_once(real, presses) == []
    assert db.session.query(Tick).count() == 1
