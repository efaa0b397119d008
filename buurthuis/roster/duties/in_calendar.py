"""A shift as an event of a calendar, and what goes along with a letter for whoever does it."""

from dataclasses import replace
from typing import Final

from buurthuis.foundation import clock
from buurthuis.foundation.calendar_mail import Along
from buurthuis.foundation.ical_event import Event, EventStatus
from buurthuis.foundation.links import absolute
from buurthuis.roster.models import Duty, DutyStatus
from buurthuis.rules.shifts import Part, ShiftKind

# A calendar is read by many, so our few words in it are in Dutch, as in every feed.
KINDS: Final = {
    ShiftKind.OPEN: "Openen",
    ShiftKind.CLOSE: "Afsluiten",
    ShiftKind.HOST: "Gastheer of gastvrouw",
    ShiftKind.HANDOVER: "Het huis overnemen",
}
PARTS: Final = {Part.HOLDER: "", Part.BACKUP: " (achtervang)", Part.LEARNER: " (meelopen)"}


def event_of(duty: Duty) -> Event:
    """A shift as its holder was told of it; one that is not needed any more does not go through."""
    return _event(duty, is_off=duty.status is DutyStatus.NOT_NEEDED)


def _event(duty: Duty, *, is_off: bool) -> Event:
    venue = duty.venue
    heard = (duty.created_at, duty.published_at, duty.told_at, duty.over_at, venue.named_at)
    return Event(
        uid=f"shift-{duty.id}@buurthuis",
        sequence=duty.sequence + is_off,
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
        summary=f"{KINDS[duty.kind]}: {venue.name}{PARTS[duty.part]}",
        location=", ".join(part for part in (venue.name, venue.address) if part),
        status=EventStatus.CANCELLED if is_off else EventStatus.CONFIRMED,
        is_busy=not is_off,
        is_private=True,
        url=absolute("roster.duty", duty_id=duty.id),
        changed_at=max(moment for moment in heard if moment is not None),
    )


def into_calendar(duty: Duty) -> str | None:
    """An invitation to a shift as it is now, remembered as told; None for who wants none.

    What stands in a calendar by mail is kept right there, also for who wants no more of them.
    """
    if not (duty.is_in_calendar or duty.person.invite_to_shifts):
        return None
    if duty.invited_sequence is not None and not duty.is_in_calendar:
        # It was called off and comes back; an app believes only a higher number.
        duty.sequence = max(duty.sequence, duty.invited_sequence + 1)
    return _told(duty, event_of(duty), is_in=True)


def out_of_calendar(duty: Duty) -> str | None:
    """The same shift called off, remembered as told; None when it never was in a calendar by mail."""
    if not duty.is_in_calendar:
        return None
    return _told(duty, _event(duty, is_off=True), is_in=False)


def _told(duty: Duty, event: Event, *, is_in: bool) -> str | None:
    person, house = duty.person, duty.venue
    if not person.email or person.left_at is not None:
        return None
    duty.invited_sequence, duty.is_in_calendar = event.sequence, is_in
    event = replace(event, changed_at=clock.now())
    return Along([event], house.name, house.email).to(person.email)
