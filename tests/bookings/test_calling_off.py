"""Calling many bookings off: as one deed, for the price of a few."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from buurthuis.bookings.calling_off import give_back_many
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AlreadyOver, WrongState
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.occupancy.models import Occupancy
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.builders import a_booking, a_person, a_room, an_initiative, friday

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def weeks(app):
    """A choir that has a room on eight Fridays, and who speaks for it."""
    room, chandra = a_room(approval=Approval.ALWAYS, turnover_minutes=15), a_person("Chandra")
    choir = an_initiative(chandra, name="Choir")
    return [
        a_booking(room, friday(19, 21, weeks=week), by=chandra, for_=choir) for week in range(8)
    ]


@action
def called_off(bookings):
    give_back_many(bookings, by=bookings[0].booked_by, now=clock.now())


@contextmanager
def counted():
    """The statements that are sent meanwhile."""
    sent = []

    def keep(_connection, _cursor, statement, *_more):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    yield sent
    event.remove(db.engine, "before_cursor_execute", keep)


def test_calling_off_many_asks_no_more_than_calling_off_two(weeks):
    with counted() as two:
        called_off(weeks[:2])
    with counted() as six:
        called_off(weeks[2:])

    assert len(six) <= len(two) <= 12
    assert {each.status for each in db.session.query(Booking)} == {Status.CANCELLED}
    assert db.session.query(Occupancy).count() == 0


def test_all_of_them_are_called_off_or_none(weeks):
    called_off(weeks[:1])
    with pytest.raises(WrongState):
        called_off(weeks[::-1])
    weeks[3].from_at, weeks[3].to_at = friday(7, 8, weeks=-2).start, friday(7, 8, weeks=-2).end
    db.session.commit()
    with pytest.raises(AlreadyOver):
        called_off(weeks[1:])

    left = db.session.query(Booking).filter_by(status=Status.CONFIRMED).count()
    assert left == db.session.query(Occupancy).count() == 7
