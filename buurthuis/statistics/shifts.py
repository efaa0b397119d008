"""Shifts as figures need them: what people did, and which shifts were covered, how long before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.roster.gathering import Spot
from buurthuis.roster.hours.minutes import attended_minutes
from buurthuis.roster.hours.models import HoursCorrection, LearnerHours
from buurthuis.roster.models import Duty, DutyStatus
from buurthuis.roster.promised import HouseRoster, settled_in
from buurthuis.roster.tonight.models import Presence
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.facts import Watch, Work
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.shifts import Part, Shift, ShiftName

Spans = Mapping[int, Sequence[Span]]
"""Some spans of some houses, by the number of the house."""

MOST_AT_ONCE: Final = 10_000
AN_HOUR: Final = timedelta(hours=1)


def work_in(spans: Spans, now: datetime) -> dict[int, list[Work]]:
    """The shifts that people did on these days; one statement."""
    found: dict[int, list[Work]] = defaultdict(list)
    for row in work_rows(spans, now):
        minutes = minutes_of(row)
        if minutes:
            is_learner = row.part == Part.LEARNER
            found[row.venue_id].append(
                Work(
                    venue=row.venue_id,
                    person=row.person_id,
                    day=day_of(row.starts_at),
                    minutes=minutes,
                    is_learner=is_learner,
                    is_supervised=is_learner and (row.is_signed or row.had_holder),
                )
            )
    return found


def work_rows(spans: Spans, now: datetime) -> Sequence[Any]:
    """The shifts behind it: done, over, with what was said and corrected, in order."""
    beside = aliased(Duty)
    had_holder = exists().where(
        beside.session_id == Duty.session_id,
        beside.kind == Duty.kind,
        beside.watch == Duty.watch,
        beside.place == Duty.place,
        beside.part == Part.HOLDER,
        beside.status == DutyStatus.DONE,
        beside.person_id != Duty.person_id,
    )
    asked = (
        select(
            *(Duty.id, Duty.venue_id, Duty.person_id, Duty.kind, Duty.part, Duty.status),
            *(Duty.starts_at, Duty.ends_at),
            *(Presence.began_at, Presence.closed_at, Presence.closed_by_id),
            HoursCorrection.minutes.label("corrected"),
            LearnerHours.duty_id.is_not(None).label("is_signed"),
            had_holder.label("had_holder"),
        )
        .outerjoin(Presence, Presence.duty_id == Duty.id)
        .outerjoin(HoursCorrection, HoursCorrection.duty_id == Duty.id)
        .outerjoin(LearnerHours, LearnerHours.duty_id == Duty.id)
        .where(_begins_in(spans), Duty.status == DutyStatus.DONE, Duty.ends_at <= now)
        .order_by(Duty.starts_at, Duty.id)
    )
    return db.session.execute(asked).all()


class _Corrected:
    """The one word of a correction that counts."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes


def minutes_of(row: Any) -> int:
    """The minutes of a shift, by the rule that pages and certificates go by."""
    corrected = None if row.corrected is None else _Corrected(row.corrected)
    said, duty = cast(Presence, row), cast(Duty, row)  # The row has what the rule reads of both.
    return attended_minutes(duty, said, cast("HoursCorrection | None", corrected))


def watches_in(spans: Spans, now: datetime) -> dict[int, list[Watch]]:
    """The shifts that had to be done on these days, and whether a holder was there."""
    found: dict[int, list[Watch]] = defaultdict(list)
    for house, shift, duty, since in _shifts(spans, now):
        found[house.venue.id].append(watch_of(house.venue.id, shift, duty, since))
    return found


def watch_of(venue_id: int, shift: Shift, duty: Duty | None, since: datetime | None) -> Watch:
    """A shift, whether somebody was there, and how long before that was promised."""
    day = day_of(shift.period.start)
    if duty is None:
        return Watch(venue_id, day, is_covered=False)
    promised_at = duty.published_at or duty.created_at
    ahead = max(0, (shift.period.start - promised_at).days)
    came_at = promised_at if since is None else since
    filled = max(0, (promised_at - came_at) // AN_HOUR)
    return Watch(venue_id, day, is_covered=True, days_ahead=ahead, filled_in_hours=filled)


def shift_rows(
    spans: Spans, now: datetime
) -> list[tuple[int, Shift, Duty | None, datetime | None]]:
    """The same one by one: house, shift, who was there, and since when the shift was to be done."""
    found = [
        (house.venue.id, shift, duty, since) for house, shift, duty, since in _shifts(spans, now)
    ]
    return sorted(found, key=lambda each: (each[1].period, each[0], each[1].name))


def _shifts(
    spans: Spans, now: datetime
) -> Iterator[tuple[HouseRoster, Shift, Duty | None, datetime | None]]:
    spots = [Spot(key, span.period) for key, several in spans.items() for span in several]
    houses = settled_in(spots, now=now) if spots else []
    asked_at = _asked_at(
        each
        for house in houses
        for session in house.settled.sessions
        if session.is_certain
        for each in session.bookings
    )
    for house in houses:
        days = _days(spans[house.venue.id])
        since = {
            session.key: min(map(asked_at.__getitem__, known))
            for session in house.settled.sessions
            if (known := [each for each in session.bookings if each in asked_at])
        }
        there = _who_was_there(house)
        for shift in house.settled.shifts:
            if day_of(shift.period.start) in days:
                yield house, shift, there.get(shift.name), since.get(shift.session)


def _days(spans: Iterable[Span]) -> set[date]:
    return {day for span in spans for day in span}


def _who_was_there(house: HouseRoster) -> dict[ShiftName, Duty]:
    """The holder who did a shift, else the back-up who stepped in."""
    found: dict[ShiftName, Duty] = {}
    backups: dict[ShiftName, Duty] = {}
    for key, shift in house.settled.shift_of.items():
        duty = house.duties[key]
        if duty.status == DutyStatus.DONE and duty.part == Part.HOLDER:
            found[shift.name] = duty
        elif duty.status == DutyStatus.DONE and duty.part == Part.BACKUP:
            backups[shift.name] = duty
    missed = {
        shift.name
        for key, shift in house.settled.shift_of.items()
        if house.duties[key].part == Part.HOLDER and house.duties[key].status == DutyStatus.MISSED
    }
    return {name: duty for name, duty in backups.items() if name in missed} | found


def _asked_at(booking_ids: Iterable[int]) -> dict[int, datetime]:
    """Since when each booking is certain: the answer to it, else when it was made."""
    found: dict[int, datetime] = {}
    ids = sorted(booking_ids)
    for first in range(0, len(ids), MOST_AT_ONCE):
        some = Booking.id.in_(ids[first : first + MOST_AT_ONCE])
        asked = select(Booking.id, Booking.created_at, Booking.decided_at).where(some)
        found |= {row.id: row.decided_at or row.created_at for row in db.session.execute(asked)}
    return found


def _begins_in(spans: Spans) -> ColumnElement[bool]:
    return or_(
        false(),
        *(
            and_(
                Duty.venue_id == key,
                Duty.starts_at >= span.period.start,
                Duty.starts_at < span.period.end,
            )
            for key, several in spans.items()
            for span in several
        ),
    )
