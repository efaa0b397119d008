"""The worker compares what was promised with what follows from the bookings now, and tells people once.

What moved by a quarter of an hour or more is told, with what was told as the measure; what is no
longer needed is told and stays visible for a day. Nothing is written where nothing changed, so it may
run as often as it likes, in many workers at once.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.cover import steps as cover_steps
from buurthuis.roster.cover.models import News
from buurthuis.roster.duties import letters as duty_letters
from buurthuis.roster.duties.steps import end, forget_promises, write_down_names
from buurthuis.roster.gathering import Spot
from buurthuis.roster.models import STANDING, Duty, DutyBooking, DutyStatus
from buurthuis.roster.promised import HouseRoster, settled_in
from buurthuis.roster.reading import is_draft
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import Shift

A_MOMENT: Final = timedelta(minutes=1)


def settle() -> int:
    """Bring the promises of all houses up to now, house by house; returns how many people were told."""
    now = clock.now()
    houses = db.session.scalars(
        select(Duty.venue_id)
        .where(Duty.status.in_(STANDING), Duty.ends_at > now)
        .distinct()
        .order_by(Duty.venue_id)
    ).all()
    db.session.rollback()
    return sum(settle_house(venue_id) for venue_id in houses)


@action
def settle_house(venue_id: int) -> int:
    """One house, with its promises locked."""
    now = clock.now()
    rows = select(Duty.id, Duty.starts_at, Duty.ends_at).where(
        Duty.venue_id == venue_id, Duty.status.in_(STANDING), Duty.ends_at > now
    )
    standing = db.session.execute(rows.order_by(Duty.id).with_for_update(of=Duty)).all()
    forget_promises()
    days = {_day_around(row.starts_at, row.ends_at) for row in standing}
    told, ours = 0, {row.id for row in standing}
    for house in settled_in([Spot(venue_id, each) for each in sorted(days)], now=now):
        there = {
            house.duties[key]: shift
            for key, shift in house.settled.shift_of.items()
            if house.duties[key].status in STANDING
        }
        write_down_names(there)
        told += _tell_who_is_free(house, ours, now)
        told += _tell_who_moves(house, there, ours, now)
    return told


def _day_around(starts_at: datetime, ends_at: datetime) -> Period:
    return Period(starts_at - A_MOMENT, ends_at + A_MOMENT)


def _tell_who_is_free(house: HouseRoster, ours: set[int], now: datetime) -> int:
    """Whose shift has gone; one that has begun is somebody who is there, and stays."""
    freed = [house.duties[key] for key in sorted(house.settled.freed & ours)]
    told = 0
    for duty in freed:
        if duty.starts_at <= now or duty.status not in STANDING:
            continue
        was_draft = is_draft(duty)
        end(duty, DutyStatus.NOT_NEEDED, now)
        cover_steps.end_swaps_of(duty, now)
        _write_down("duty.not_needed", duty)
        if not was_draft:
            duty_letters.nobody_calls(duty, *News)
            duty_letters.not_needed(duty)
            told += 1
    return told


def _tell_who_moves(
    house: HouseRoster, there: dict[Duty, Shift], ours: Iterable[int], now: datetime
) -> int:
    bookings = {each.key: set(each.bookings) for each in house.settled.sessions}
    told = 0
    for duty, shift in there.items():
        _remember(duty, bookings[shift.session])
        if duty.id not in house.settled.moved or duty.id not in ours:
            continue
        before = duty_letters.period_of(duty)
        tell_anew(duty, shift.period, now)
        _write_down("duty.moved", duty)
        if not is_draft(duty):
            duty_letters.moved(duty, before)
            told += 1
    return told


def tell_anew(duty: Duty, period: Period, now: datetime) -> None:
    """From now on these are the times that somebody was told."""
    duty.starts_at, duty.ends_at, duty.told_at = period.start, period.end, now
    duty.sequence += 1


def _remember(duty: Duty, bookings: set[int]) -> None:
    """A promise remembers the bookings for which it stands now, so that it follows them further."""
    known = {each.booking_id: each for each in duty.bookings}
    for gone in known.keys() - bookings:
        duty.bookings.remove(known[gone])
    for new in sorted(bookings - known.keys()):
        duty.bookings.append(DutyBooking(booking_id=new))


def _write_down(verb: str, duty: Duty) -> None:
    note(verb, duty, venue_id=duty.venue_id, person=duty.person_id, kind=duty.kind)
