"""The verbs of volunteer work: write it down, correct it, take it back; one transaction each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from buurthuis.accounts.models import Person
from buurthuis.evidence.work.models import MOST_MINUTES, VolunteerWork, WorkKind
from buurthuis.evidence.work.queries import shift_on
from buurthuis.evidence.work.refusals import (
    ShiftCounts,
    TooMuchWork,
    WorkToCome,
    WorkTooLongAgo,
)
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.foundation.rows import row_of
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue

LONGEST_AGO: Final = timedelta(days=400)
"""A year and a month: until the yearly figures are made."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: how long, on which day, and what. `is_more` says that it is no shift."""

    kind: WorkKind
    minutes: int
    day: date
    words: str = ""
    is_more: bool = False


@action
def log(
    venue: Venue, done: Done, *, by: Person, whose: Person | None, mark: str | None = None
) -> VolunteerWork:
    """Write work down, for oneself or, as a manager, for somebody else or for several together.

    What was sent twice with one mark is written down once.

    Raises:
        NotFound, NotAllowed
        WorkToCome, WorkTooLongAgo, TooMuchWork
        ShiftCounts: on that day there was a shift, and nobody said that this is more.
    """
    is_own = whose is not None and whose.id == by.id
    demand(by, "work.log" if is_own else "house.manage", venue)
    # Two presses at the same moment: the second waits, and finds what the first wrote down.
    db.session.execute(select(Person.id).where(Person.id == by.id).with_for_update())
    asked = (VolunteerWork.said_by_id == by.id, VolunteerWork.submission == mark)
    known = db.session.scalar(select(VolunteerWork).where(*asked)) if mark else None
    if known is not None:
        return known
    work = VolunteerWork(venue_id=venue.id, person_id=whose and whose.id, submission=mark)
    _write(work, done, by)
    db.session.add(work)
    db.session.flush()
    note("work.logged", work, by=by, venue_id=venue.id, **_facts(work))
    return work


@action
def correct(work_id: int, done: Done, *, by: Person) -> VolunteerWork:
    """Say it differently; what stood before stays in the logbook.

    Raises:
        NotFound: somebody else's.
        WorkToCome, WorkTooLongAgo, TooMuchWork, ShiftCounts: as for writing it down.
    """
    work = _locked(work_id, by)
    before = _facts(work)
    _write(work, done, by)
    note("work.corrected", work, by=by, venue_id=work.venue_id, before=before, **_facts(work))
    return work


@action
def take_back(work_id: int, *, by: Person) -> None:
    """Take an entry back: it counts no more.

    Raises:
        NotFound: somebody else's.
    """
    work = _locked(work_id, by)
    note("work.taken_back", work, by=by, venue_id=work.venue_id, **_facts(work))
    db.session.delete(work)


def _locked(work_id: int, by: Person) -> VolunteerWork:
    work = row_of(VolunteerWork, work_id)
    demand(by, "work.change", work)
    db.session.refresh(work, with_for_update={"of": VolunteerWork})
    return work


def _write(work: VolunteerWork, done: Done, by: Person) -> None:
    now = clock.now()
    today = day_of(now)
    if done.day > today:
        raise WorkToCome
    if done.day < today - LONGEST_AGO:
        raise WorkTooLongAgo(today - LONGEST_AGO)
    if work.person_id is not None:
        _insist_on_a_day(work, work.person_id, done)
    work.kind, work.minutes, work.day, work.words = done.kind, done.minutes, done.day, done.words
    work.said_by_id, work.said_at = by.id, now


def _insist_on_a_day(work: VolunteerWork, person_id: int, done: Done) -> None:
    """One person has a day of twenty-four hours, and no hour of it counts twice."""
    same_day = select(func.coalesce(func.sum(VolunteerWork.minutes), 0)).where(
        VolunteerWork.person_id == person_id, VolunteerWork.day == done.day
    )
    others = same_day if work.id is None else same_day.where(VolunteerWork.id != work.id)
    if db.session.scalars(others).one() + done.minutes > MOST_MINUTES:
        raise TooMuchWork
    if not done.is_more and shift_on(person_id, work.venue_id, done.day) is not None:
        raise ShiftCounts


def _facts(work: VolunteerWork) -> dict[str, object]:
    return {"kind": work.kind, "minutes": work.minutes, "on": work.day.isoformat()}
