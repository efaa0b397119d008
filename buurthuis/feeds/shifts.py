"""Somebody's own shifts as events of a calendar, at the times that they were told."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.feeds.events import CANCELLED
from buurthuis.foundation.db import db
from buurthuis.foundation.ical_event import Event, EventStatus
from buurthuis.foundation.links import absolute
from buurthuis.roster.models import STANDING, Duty, DutyStatus
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import Part, ShiftKind

# As in the other feeds, our few words are in Dutch.
KINDS: Final = {
    ShiftKind.OPEN: "Openen",
    ShiftKind.CLOSE: "Afsluiten",
    ShiftKind.HOST: "Gastheer of gastvrouw",
    ShiftKind.HANDOVER: "Het huis overnemen",
}
PARTS: Final = {Part.HOLDER: "", Part.BACKUP: " (achtervang)", Part.LEARNER: " (meelopen)"}
SHOWN: Final = (*STANDING, DutyStatus.DONE, DutyStatus.MISSED, DutyStatus.NOT_NEEDED)


def of_person(person: Person, period: Period) -> list[Event]:
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
    return [_event(duty) for duty in duties]


def _event(duty: Duty) -> Event:
    is_off, venue = duty.status is DutyStatus.NOT_NEEDED, duty.venue
    title = f"{KINDS[duty.kind]}: {venue.name}{PARTS[duty.part]}"
    heard = (duty.created_at, duty.published_at, duty.told_at, duty.over_at, venue.changed_at)
    return Event(
        uid=f"shift-{duty.id}@buurthuis",
        sequence=duty.sequence + is_off,
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
        summary=CANCELLED + title if is_off else title,
        location=", ".join(part for part in (venue.name, venue.address) if part),
        status=EventStatus.CANCELLED if is_off else EventStatus.CONFIRMED,
        is_busy=not is_off,
        is_private=True,
        url=absolute("roster.duty", duty_id=duty.id),
        changed_at=max(moment for moment in heard if moment is not None),
    )
