"""Reading the roster: it follows the bookings at once, and looks the same from every side."""

from datetime import timedelta

import pytest

from buurthuis.bookings import actions
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.occupancy import claims
from buurthuis.roster.gathering import Spot
from buurthuis.roster.models import (
    CutAt,
    DutyBooking,
    DutyStatus,
    OwnEntry,
    Part,
    RosterRules,
    ShiftKind,
    Way,
)
from buurthuis.roster.promised import settled_in
from buurthuis.roster.reading import ShiftStatus, roster_of, shift_by_id
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Approval
from tests.api.conftest import statements
from tests.builders import (
    FRIDAY,
    a_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.roster.key_people import a_duty, a_key_holder

DAY = friday(0, 24)
WEEK = Period(DAY.start - timedelta(days=4), DAY.end + timedelta(days=2))


def now():
    return clock.now()


@pytest.fixture
def house(app):
    return a_venue("buurtkamer", merge_gap_minutes=60)


@pytest.fixture
def hall(house):
    return a_room(house, approval=Approval.ALWAYS, slug="zaal")


@pytest.fixture
def amina(house):
    return a_key_holder(house)


def told(roster):
    return [(each.kind, each.period) for each in roster.shifts]


def test_bookings_close_together_are_opened_and_closed_once(house, hall):
    first = a_booking(hall, friday(9, 11))
    second = a_booking(hall, friday(12, 14))
    a_booking(hall, friday(19, 21))

    roster = roster_of([house.id], DAY, now())

    assert [each.period for each in roster.sessions] == [friday(8.75, 14.25), friday(18.75, 21.25)]
    assert roster.sessions[0].bookings == (first.id, second.id)
    assert told(roster) == [
        (ShiftKind.OPEN, friday(8.75, 9)),
        (ShiftKind.CLOSE, friday(14, 14.25)),
        (ShiftKind.OPEN, friday(18.75, 19)),
        (ShiftKind.CLOSE, friday(21, 21.25)),
    ]
    assert {each.status for each in roster.shifts} == {ShiftStatus.OPEN}
    assert [each.id for each in roster.shifts[:2]] == [
        f"{first.id}-open-0-0",
        f"{first.id}-close-0-0",
    ]


def test_set_up_and_clearing_up_ask_somebody_too(house):
    hall = a_room(house, approval=Approval.ALWAYS, setup_minutes=30, teardown_minutes=45)
    a_booking(hall, friday(19, 21))

    assert roster_of([house.id], DAY, now()).sessions[0].asks == friday(18.5, 21.75)


def test_a_request_may_come_and_asks_nobody_yet(house, hall):
    asks_first = a_room(house, approval=Approval.ASK)
    a_booking(hall, friday(19, 21))
    within, later = a_booking(asks_first, friday(19, 20)), a_booking(asks_first, friday(20, 23))

    roster = roster_of([house.id], DAY, now())

    assert len(roster.sessions) == 1
    assert len(roster.shifts) == 2
    assert [each.bookings for each in roster.maybe] == [(within.id, later.id)]
    assert not roster.maybe[0].adds_nothing

    actions.refuse(later.id, by=a_manager(house), reason="Vol")
    assert roster_of([house.id], DAY, now()).maybe[0].adds_nothing


def test_a_group_that_opens_the_house_itself_asks_nobody(house, hall, amina):
    bram = a_person("Bram")
    choir = an_initiative(bram)
    a_booking(hall, friday(19, 21), by=bram, for_=choir)
    entry = OwnEntry(
        initiative_id=choir.id,
        venue_id=house.id,
        way=Way.OWN_KEY,
        from_on=FRIDAY,
        decided_by_id=amina.id,
        decided_at=now(),
    )
    db.session.add(entry)
    db.session.commit()

    roster = roster_of([house.id], DAY, now())
    assert [each.period for each in roster.sessions] == [friday(19, 21)]
    assert roster.shifts == []

    entry.from_on = FRIDAY + timedelta(days=1)
    db.session.commit()
    assert len(roster_of([house.id], DAY, now()).shifts) == 2


def test_the_rules_of_a_house_say_how_it_is_opened(house, hall):
    db.session.add(
        RosterRules(
            venue_id=house.id,
            lead_in_minutes=30,
            lead_out_minutes=45,
            longest_minutes=360,
            cut_at=CutAt.DAY_PART,
            closers=2,
            hosts=0,
        )
    )
    db.session.commit()
    a_booking(hall, friday(10, 18))

    assert told(roster_of([house.id], DAY, now())) == [
        (ShiftKind.OPEN, friday(9.5, 10)),
        (ShiftKind.HANDOVER, friday(13, 13.25)),
        (ShiftKind.CLOSE, friday(18, 18.75)),
        (ShiftKind.CLOSE, friday(18, 18.75)),
    ]


def test_who_promised_stays_when_the_session_changes(house, hall, amina):
    first, second = a_booking(hall, friday(19, 20)), a_booking(hall, friday(20, 22))
    duty = a_duty(amina, house, first.id, friday(18.75, 19))
    remember(duty, second.id)
    actions.cancel(first.id, by=first.booked_by)

    (shift,) = [each for each in roster_of([house.id], DAY, now()).shifts if each.holder]

    assert shift.holder.id == duty.id
    assert shift.status is ShiftStatus.TAKEN
    assert shift.period == friday(19.75, 20)
    assert shift.id == f"{first.id}-open-0-0"
    assert shift_by_id(shift.id, now()) == shift
    assert shift_by_id(f"{second.id}-open-0-0", now()) is None


def remember(duty, *booking_ids):
    duty.bookings += [DutyBooking(booking_id=each) for each in booking_ids]
    db.session.commit()


def test_the_last_cancellation_frees_who_promised(house, hall, amina):
    booking = a_booking(hall, friday(19, 21))
    duty = a_duty(amina, house, booking.id, friday(18.75, 19))
    actions.cancel(booking.id, by=booking.booked_by)

    roster = roster_of([house.id], DAY, now())
    assert (roster.sessions, roster.shifts, roster.not_needed) == ([], [], [])

    shortly_before = duty.starts_at - timedelta(hours=20)
    assert roster_of([house.id], DAY, shortly_before).not_needed == [duty]
    duty.status, duty.over_at = DutyStatus.NOT_NEEDED, shortly_before
    db.session.commit()
    assert roster_of([house.id], DAY, now()).not_needed == [duty]
    assert shift_by_id(f"{booking.id}-open-0-0", now()) is None


def test_a_draft_is_open_for_all_but_coordinators(house, hall, amina):
    booking = a_booking(hall, friday(19, 21))
    a_duty(amina, house, booking.id, friday(18.75, 19), status=DutyStatus.PROPOSED)

    def opens(**how):
        return roster_of([house.id], DAY, now(), **how).shifts[0]

    assert (opens().status, opens().holder) == (ShiftStatus.OPEN, None)
    assert (opens(drafts=True).status, opens(drafts=True).holder.person) == ("proposed", amina)


def test_a_backup_and_a_learner_stand_beside_the_holder(house, hall, amina):
    booking = a_booking(hall, friday(19, 21))
    for part in (Part.BACKUP, Part.LEARNER):
        a_duty(amina, house, booking.id, friday(18.75, 19), part=part)

    opens = roster_of([house.id], DAY, now()).shifts[0]

    assert opens.holder is None
    assert (opens.backup.part, [each.part for each in opens.learners]) == ("backup", ["learner"])


def test_a_promise_follows_its_booking_to_another_day(house, hall, amina):
    booking = a_booking(hall, friday(19, 21))
    duty = a_duty(amina, house, booking.id, friday(18.75, 19))
    far = friday(19, 21, weeks=5)
    booking.from_at, booking.to_at = far.start, far.end
    db.session.commit()

    assert roster_of([house.id], WEEK, now()).not_needed == []
    (there,) = settled_in([Spot(house.id, WEEK)], now=now())
    assert there.settled.shift_of[duty.id].period == friday(18.75, 19, weeks=5)
    assert there.settled.moved == {duty.id}


def test_a_name_is_used_once_when_its_booking_leaves_for_another_day(house, hall, amina):
    first, second = a_booking(hall, friday(19, 20)), a_booking(hall, friday(20, 22))
    duty = a_duty(amina, house, first.id, friday(18.75, 19))
    remember(duty, second.id)
    far = friday(19, 20, weeks=5)
    first.from_at, first.to_at = far.start, far.end
    db.session.commit()

    here = roster_of([house.id], DAY, now()).shifts
    there = roster_of([house.id], friday(0, 24, weeks=5), now()).shifts

    assert [each.holder for each in here] == [duty, None]
    assert [each.session.key for each in (*here, *there)] == [second.id] * 2 + [first.id] * 2
    assert [each.holder for each in there] == [None, None]


def test_a_name_is_used_once_when_its_booking_leaves_for_another_house(house, hall, amina):
    first, second = a_booking(hall, friday(19, 20)), a_booking(hall, friday(20, 22))
    remember(a_duty(amina, house, first.id, friday(18.75, 19)), second.id)
    other = a_room(a_venue(), approval=Approval.ALWAYS)
    first.venue_id, first.room_id = other.venue_id, other.id
    db.session.commit()

    roster = roster_of([house.id, other.venue_id], DAY, now())

    keys = {each.venue.id: each.key for each in roster.sessions}
    assert keys == {house.id: second.id, other.venue_id: first.id}


def test_nights_that_run_on_are_read_to_their_end(house):
    halls = [a_room(house, approval=Approval.ALWAYS) for _ in range(2)]
    for number in range(8):
        a_confirmed_at(halls[number % 2], friday(9 + 20 * number, 30 + 20 * number))

    (whole,) = roster_of([house.id], DAY, now()).sessions
    (again,) = roster_of([house.id], friday(24 * 6, 24 * 6 + 1), now()).sessions

    assert whole == again
    assert len(whole.bookings) == 8


def a_confirmed_at(room, period):
    """A booking of the whole night, which nobody could make by themselves."""
    booking = a_booking(room, friday(19, 20))
    booking.from_at, booking.to_at = period.start, period.end
    db.session.flush()
    claims.release(booking.id)
    db.session.commit()


@pytest.fixture
def busy_days(house, hall, amina):
    """Two sessions a day, each promised; then bookings are cancelled, moved and added."""
    made = []
    for hour in (24 * day + at for day in range(6) for at in (9, 19)):
        first = a_booking(hall, friday(hour, hour + 1))
        second = a_booking(hall, friday(hour + 1, hour + 2))
        remember(a_duty(amina, house, first.id, friday(hour - 0.25, hour)), second.id)
        made.append((first, second))
    for number in (0, 5, 9):
        actions.cancel(made[number][0].id, by=made[number][0].booked_by)
    for number, days in ((2, 1.1), (3, 2.1), (4, 4.1), (7, 2.1)):
        moved = made[number][0]
        moved.from_at += timedelta(days=days)
        moved.to_at += timedelta(days=days)
    db.session.commit()


def test_the_roster_looks_the_same_from_every_span(house, busy_days):
    def told(first, days):
        between = Period(DAY.start + timedelta(first), DAY.start + timedelta(first + days))
        return [
            (each.id, each.period, each.session.bookings, each.holder and each.holder.id)
            for each in roster_of([house.id], between, now()).shifts
        ]

    whole = told(0, 9)

    assert [each for day in range(9) for each in told(day, 1)] == whole
    assert [each for day in range(0, 9, 3) for each in told(day, 3)] == whole
    assert len({each[0] for each in whole}) == len(whole)
    assert sum(each[3] is not None for each in whole) == 12
    for shift in whole[::5]:
        assert shift_by_id(shift[0], now()).period == shift[1]
    with statements() as sent:
        told(5, 1)
    assert len(sent) <= 15  # A promise is followed to where its booking came from, and no further.


def test_the_roster_costs_as_many_statements_for_a_house_as_for_many(app, amina, house, hall):
    def read(venues):
        db.session.expire_all()
        with statements() as sent:
            roster_of(venues, WEEK, now())
        return len(sent)

    booking = a_booking(hall, friday(19, 21))
    a_duty(amina, house, booking.id, friday(18.75, 19))
    once = read([house.id])
    rooms = [a_room(a_venue(), approval=Approval.ALWAYS) for _ in range(3)]
    for room in rooms:
        for hour in (9, 12, 15):
            made = a_booking(room, friday(hour, hour + 1))
            a_duty(amina, room.venue, made.id, friday(hour - 0.25, hour))

    assert read([house.id, *(room.venue_id for room in rooms)]) == once == 5
