"""The shifts of the demo that are over were mostly done, and shared by those who open the house."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from buurthuis.demo.roster_duties import BACK
from buurthuis.demo.roster_past import bring_past
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.imports.demo_people import HOME
from buurthuis.roster.models import Duty, DutyBooking, DutyStatus
from buurthuis.roster.reading import ShiftStatus, roster_of
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Venue
from tests.demo.test_demo import run, two_houses


@pytest.fixture
def venue(app):
    two_houses()
    run(app, "--bookings", "300")
    return db.session.scalars(select(Venue).where(Venue.slug == HOME)).one()


def over(venue):
    now = clock.now()
    span = Period(db.session.scalar(select(func.min(Duty.starts_at))), now)
    return [each for each in roster_of([venue.id], span, now).shifts if each.period.end <= now]


def test_most_shifts_that_are_over_were_done_and_a_few_were_not(venue):
    shifts = over(venue)
    found = Counter(each.status for each in shifts)

    assert len(shifts) > 60
    assert 0.85 * len(shifts) < found[ShiftStatus.DONE] < len(shifts)
    assert found[ShiftStatus.MISSED] + found[ShiftStatus.OPEN] == len(shifts) - found["done"]
    long_ago = [each for each in shifts if each.period.end < clock.now() - BACK]
    assert long_ago
    assert any(each.holder for each in long_ago)


def test_nobody_did_two_shifts_of_one_session_at_once_and_many_share_them(venue):
    did = Counter()
    until = {}
    for shift in over(venue):
        if shift.holder is not None and shift.period.end < clock.now() - BACK:
            who = shift.holder.person_id
            assert until.get(who, shift.period.start) <= shift.period.start
            until[who] = shift.period.end
            did[who] += 1

    assert len(did) >= 4
    assert max(did.values()) < sum(did.values()) / 2


def test_doing_it_twice_adds_nothing(venue):
    counts = [select(func.count()).select_from(each) for each in (Duty, DutyBooking)]
    before = [db.session.scalar(each) for each in counts]

    assert bring_past(seed=2) == 0
    assert [db.session.scalar(each) for each in counts] == before
    assert all(each.over_at for each in db.session.query(Duty).filter_by(status=DutyStatus.MISSED))
