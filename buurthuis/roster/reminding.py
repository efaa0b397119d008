"""Reminding of shifts two days and three hours before, and the coordinators' list of an evening.

Each goes out once, however often and by however many workers this is done.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Date, bindparam, or_, select, text, update
from sqlalchemy.orm import InstrumentedAttribute

from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.roster.cover.models import CoverCall
from buurthuis.roster.duties import letters as duty_letters
from buurthuis.roster.gathering import Spot
from buurthuis.roster.models import STANDING, Duty
from buurthuis.roster.promised import settled_in
from buurthuis.roster.reading import SeenShift, roster_of
from buurthuis.rules import told
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Venue

MOST_AT_ONCE: Final = 500
DAYS_LISTED: Final = timedelta(days=7)

Remembered = InstrumentedAttribute[datetime | None]


@action
def remind() -> int:
    """Write to whoever has a shift in two days or in three hours; returns how many were reminded.

    A promise remembers of which start it was reminded: one that moves gets a reminder for its new
    time. The letter tells the time as it is now, and that is what was told from then on.
    """
    now = clock.now()
    near = _due(told.THREE_HOURS, Duty.reminded_late_of_at, now)
    reminded = {duty.id for duty in near}
    early = [
        duty
        for duty in _due(told.TWO_DAYS, Duty.reminded_early_of_at, now)
        if duty.id not in reminded
    ]
    _tell_the_time_of_now([*near, *early], now)
    for duty in near:
        duty.reminded_early_of_at = duty.reminded_late_of_at = duty.starts_at
        duty_letters.reminder(duty, is_near=True)
    for duty in early:
        duty.reminded_early_of_at = duty.starts_at
        duty_letters.reminder(duty, is_near=False)
    return len(near) + len(early)


def _due(ahead: timedelta, remembered: Remembered, now: datetime) -> list[Duty]:
    rows = (
        select(Duty)
        .where(
            Duty.status.in_(STANDING),
            Duty.published_at.is_not(None),
            Duty.starts_at > now,
            Duty.starts_at <= now + ahead,
            or_(remembered.is_(None), remembered != Duty.starts_at),
        )
        .order_by(Duty.starts_at, Duty.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Duty, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return [
        duty
        for duty in db.session.scalars(rows)
        if told.is_reminder_due(
            ahead,
            starts_at=duty.starts_at,
            told_at=duty.told_at or duty.published_at or duty.created_at,
            reminded_of=getattr(duty, remembered.key),
            now=now,
        )
    ]


def _tell_the_time_of_now(duties: Iterable[Duty], now: datetime) -> None:
    """Small moves that were not worth a letter stand in the reminder."""
    ours = {duty.id: duty for duty in duties}
    spots = [Spot(duty.venue_id, duty_letters.period_of(duty)) for duty in ours.values()]
    for house in settled_in(spots, now=now):
        for key, shift in house.settled.shift_of.items():
            duty = ours.get(key)
            if duty is None or key in house.settled.moved:
                continue  # A real move has a letter of its own.
            if duty_letters.period_of(duty) != shift.period:
                duty.starts_at, duty.ends_at = shift.period.start, shift.period.end
                duty.sequence += 1


def tell_of_evening() -> int:
    """Of an evening tell the coordinators of each house what nobody does; returns how many houses.

    Once a day, and only where there is something.
    """
    now = clock.now()
    day = told.evening_of(now)
    if day is None:
        return 0
    houses = list(db.session.scalars(select(Venue.id).order_by(Venue.id)))
    shifts = uncovered(houses, now)
    db.session.rollback()
    return sum(_tell_house(house, day) for house in sorted({each.venue.id for each in shifts}))


def uncovered(venue_ids: Iterable[int], now: datetime) -> list[SeenShift]:
    """The shifts of the coming days that nobody does."""
    days = Period(now, now + DAYS_LISTED)
    return [
        each
        for each in roster_of(venue_ids, days, now).shifts
        if each.holder is None and each.period.start > now
    ]


@action
def _tell_house(venue_id: int, day: date) -> bool:
    """One house; False when it was told today."""
    first = db.session.execute(_FIRST_TODAY, {"venue": venue_id, "day": day}).first()
    if first is None:
        return False
    shifts = uncovered([venue_id], clock.now())
    if not shifts:
        return False
    duty_letters.evening(shifts[0].venue, shifts)
    return True


_FIRST_TODAY: Final[Any] = text(
    "INSERT INTO evening_list (venue_id, told_on) VALUES (:venue, :day)"
    " ON CONFLICT (venue_id) DO UPDATE SET told_on = excluded.told_on"
    " WHERE evening_list.told_on < excluded.told_on RETURNING venue_id"
).bindparams(bindparam("day", type_=Date))


@action
def forget_remarks() -> None:
    """Why somebody could not come is nobody's business once the shift is over."""
    over = select(Duty.id).where(Duty.ends_at <= clock.now())
    db.session.execute(
        update(CoverCall)
        .where(CoverCall.remark != "", CoverCall.duty_id.in_(over))
        .values(remark="")
        .execution_options(synchronize_session=False)
    )
