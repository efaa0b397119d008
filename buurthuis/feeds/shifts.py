"""Shifts as events of a calendar: one's own at the times that one was told, and those nobody does yet."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.feeds.events import CANCELLED, Written
from buurthuis.foundation.db import db
from buurthuis.foundation.ical import event_bytes
from buurthuis.foundation.ical_event import Event, EventStatus
from buurthuis.foundation.links import absolute
from buurthuis.roster.duties.in_calendar import KINDS, event_of
from buurthuis.roster.duties.mine_queries import mine_of
from buurthuis.roster.holders.models import WeeklyTime
from buurthuis.roster.models import STANDING, Duty, DutyStatus
from buurthuis.roster.reading import SeenShift, ShiftStatus, roster_of
from buurthuis.rules.calendar import day_of, day_period, week_name
from buurthuis.rules.eligibility import Hindrance
from buurthuis.rules.periods import Period

SHOWN: Final = (*STANDING, DutyStatus.DONE, DutyStatus.MISSED, DutyStatus.NOT_NEEDED)
NOBODY: Final = "NOG NIEMAND: "
FREE: Final = "VRIJ: "
WEEKS_AHEAD: Final = timedelta(weeks=13)


def of_person(person: Person, period: Period) -> list[Written]:
    """Their shifts in a period; one that is not needed any more says so, one they gave up is gone."""
    duties = db.session.scalars(
        select(Duty)
        .where(
            Duty.person_id == person.id,
            Duty.published_at.is_not(None),
            Duty.status.in_(SHOWN),
            Duty.starts_at >= period.start,
            Duty.starts_at < period.end,
        )
        .options(joinedload(Duty.venue))
        .order_by(Duty.starts_at, Duty.id)
    )
    return [_written(_own(duty)) for duty in duties]


def unfilled(venue_id: int, now: datetime) -> list[Written]:
    """The shifts of a house that nobody does, from today on; a proposal that nobody heard of fills none."""
    today = day_period(day_of(now)).start
    seen = roster_of([venue_id], Period(today, today + WEEKS_AHEAD), today).shifts
    return _still_open(
        [each for each in seen if each.status is ShiftStatus.OPEN and each.period.start >= today],
        NOBODY,
    )


def to_take(person: Person, now: datetime) -> list[Written]:
    """What somebody may take and what suits them, from today on.

    Who never said when they can sees all of it.
    """
    today = day_period(day_of(now)).start
    has_times = select(WeeklyTime.id).where(WeeklyTime.person_id == person.id).limit(1)
    fine = set() if db.session.scalar(has_times) else {Hindrance.NOT_THEN}
    mine = mine_of(person, today - timedelta(seconds=1))
    return _still_open([each.shift for each in mine.free if fine.issuperset(each.doubts)], FREE)


def _still_open(seen: Iterable[SeenShift], word: str) -> list[Written]:
    shifts = list(seen)
    sessions = {each.session.key for each in shifts}
    asked = select(Booking.id, Booking.created_at).where(Booking.id.in_(sessions))
    began = {row.id: row.created_at for row in db.session.execute(asked)}
    return [_written(_open(shift, word, began)) for shift in shifts]


def _written(event: Event) -> Written:
    return Written(int(event.starts_at.timestamp()), event_bytes(event))


def _own(duty: Duty) -> Event:
    event = event_of(duty)
    is_off = event.status == EventStatus.CANCELLED
    return replace(event, summary=CANCELLED + event.summary) if is_off else event


def _open(shift: SeenShift, word: str, began: dict[int, datetime]) -> Event:
    """A shift of nobody is not stored: at another time it is another event, so it never changes.

    But for the name of its house it is as it was when its session began to be.
    """
    venue, period = shift.venue, shift.period
    times = f"{period.start:%Y%m%d%H%M}-{period.end:%Y%m%d%H%M}"
    return Event(
        uid=f"open-{shift.id}-{times}@buurthuis",
        sequence=0,
        starts_at=period.start,
        ends_at=period.end,
        summary=f"{word}{KINDS[shift.kind]}: {venue.name}",
        location=", ".join(part for part in (venue.name, venue.address) if part),
        status=EventStatus.TENTATIVE,
        is_busy=False,
        is_private=True,
        url=_page_of(shift, word),
        changed_at=max(venue.named_at or began[shift.session.key], began[shift.session.key]),
    )


def _page_of(shift: SeenShift, word: str) -> str:
    """Where the coordinator finds somebody, and where a key-holder takes it."""
    if word != NOBODY:
        return absolute("roster.mine")
    week = week_name(day_of(shift.period.start))
    return absolute("roster.week", slug=shift.venue.slug, week=week)
