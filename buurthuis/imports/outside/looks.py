"""What a worker writes down of each look at a calendar of others; many workers may look at once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Any, Final

from sqlalchemy import delete, insert, select

from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.fetching import NEW, Stamp
from buurthuis.imports.outside import letters
from buurthuis.imports.outside.models import OutsideCalendar, OutsideClash, OutsideTime
from buurthuis.imports.outside.queries import clashes_of
from buurthuis.imports.outside.refusals import SuddenlyLess
from buurthuis.imports.outside.taking import settle
from buurthuis.imports.outside.times import Sight, Taken
from buurthuis.rules.outside import has_stopped, looks_broken, next_look

LEASE: Final = timedelta(minutes=5)
"""So long nobody else looks at the same calendar; a worker that dies holds it no longer."""
WHOLE_AGAIN: Final = timedelta(hours=20)
"""After this a calendar is read anew even when nothing changed there: new days came in sight."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A calendar that this worker looks at now."""

    id: int
    until: datetime
    address: str
    stamp: Stamp
    horizon_days: int
    takes_whole_days: bool
    keeps_titles: bool


@action
def lease() -> Asked | None:
    """Take a calendar that is due for ourselves; other workers skip it. None when none is due."""
    now = clock.now()
    due = (
        select(OutsideCalendar)
        .where(OutsideCalendar.look_at <= now)
        .order_by(OutsideCalendar.look_at, OutsideCalendar.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    calendar = db.session.scalar(due)
    if calendar is None:
        return None
    calendar.look_at, calendar.tried_at = now + LEASE, now
    taken_in_at = calendar.taken_in_at
    is_new = taken_in_at is None or now - taken_in_at > WHOLE_AGAIN
    return Asked(
        calendar.id,
        calendar.look_at,
        calendar.address,
        NEW if is_new else Stamp(calendar.etag, calendar.last_modified),
        calendar.venue.horizon_days,
        calendar.takes_whole_days,
        calendar.keeps_titles,
    )


@action
def take_in(asked: Asked, sight: Sight, stamp: Stamp) -> None:
    """Let rooms be closed as the calendar says now: all of it, or nothing changes.

    Managers hear once of each booking that stands in the way.

    Raises:
        SuddenlyLess: so little is left that somebody has to look first.
    """
    calendar, now = _still(asked), clock.now()
    if calendar is None:
        return
    known = _known(calendar, now)
    if not calendar.is_believed and looks_broken(len(known), len(sight.times)):
        raise SuddenlyLess(before=len(known), after=len(sight.times))
    if known != list(sight.times):
        _write(calendar, sight.times)
    calendar.etag, calendar.last_modified = stamp.etag, stamp.last_modified
    calendar.left_out, calendar.taken_in_at, calendar.is_believed = sight.left_out, now, False
    _came(calendar, now)
    db.session.flush()
    settle(calendar.venue, now)
    _tell_of_clashes(calendar, now)


@action
def came_unchanged(asked: Asked) -> None:
    """The other side says that nothing is new."""
    calendar = _still(asked)
    if calendar is not None:
        _came(calendar, clock.now())


@action
def did_not_come(asked: Asked, refusal: Refusal) -> None:
    """Keep what was there, wait longer before the next look, and tell the managers once when it stopped."""
    calendar, now = _still(asked), clock.now()
    if calendar is None:
        return
    calendar.failures += 1
    calendar.trouble, calendar.trouble_facts = refusal.code, _plain(refusal.facts)
    calendar.look_at = next_look(now, calendar.failures, _chance())
    is_silent = has_stopped(now, failures=calendar.failures, read_at=calendar.read_at)
    if is_silent and calendar.told_stopped_at is None:
        calendar.told_stopped_at = now
        letters.tell_of_silence(calendar)


def _still(asked: Asked) -> OutsideCalendar | None:
    """The calendar, if nobody changed or stopped it, or took it over, while we were looking."""
    return db.session.scalar(
        select(OutsideCalendar)
        .where(OutsideCalendar.id == asked.id, OutsideCalendar.look_at == asked.until)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _came(calendar: OutsideCalendar, now: datetime) -> None:
    calendar.failures, calendar.trouble, calendar.trouble_facts = 0, "", {}
    calendar.read_at, calendar.told_stopped_at = now, None
    calendar.look_at = next_look(now, 0, _chance())


def _known(calendar: OutsideCalendar, now: datetime) -> list[Taken]:
    """What we keep of its coming times, in the same order as a sight gives them."""
    asked = select(
        OutsideTime.from_at, OutsideTime.to_at, OutsideTime.title, OutsideTime.is_doubtful
    ).where(OutsideTime.calendar_id == calendar.id, OutsideTime.to_at > now)
    return sorted(Taken(*row) for row in db.session.execute(asked))


def _write(calendar: OutsideCalendar, times: Sequence[Taken]) -> None:
    db.session.execute(delete(OutsideTime).where(OutsideTime.calendar_id == calendar.id))
    rows = [{"calendar_id": calendar.id, **asdict(each)} for each in times]
    if rows:
        db.session.execute(insert(OutsideTime), rows)


def _tell_of_clashes(calendar: OutsideCalendar, now: datetime) -> None:
    """Tell of those that are new, and forget those that are gone, so that they can be told of again."""
    found = {each.booking.id: each for each in clashes_of(calendar.venue, [calendar], now)}
    own = OutsideClash.calendar_id == calendar.id
    told = set(db.session.scalars(select(OutsideClash.booking_id).where(own)))
    gone = told - found.keys()
    if gone:
        db.session.execute(delete(OutsideClash).where(own, OutsideClash.booking_id.in_(gone)))
    new = [clash for number, clash in found.items() if number not in told]
    if new:
        db.session.add_all(
            OutsideClash(calendar_id=calendar.id, booking_id=each.booking.id, told_at=now)
            for each in new
        )
        letters.tell_of_clashes(calendar, new)


def _chance() -> float:
    return randbelow(1000) / 1000


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if isinstance(value, str | int)}
