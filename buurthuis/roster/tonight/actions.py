"""The verbs of a shift: I am here, done, closed and armed, something went wrong; one transaction each."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.models import Duty, DutyStatus
from buurthuis.roster.promised import duty_by_id
from buurthuis.roster.tonight import letters, queries
from buurthuis.roster.tonight.models import (
    ChecklistItem,
    Incident,
    IncidentKind,
    Moment,
    Presence,
    Tick,
)
from buurthuis.roster.tonight.refusals import (
    ItemGone,
    NotGoingOn,
    NothingToClose,
    NotYoursNow,
    TooLateToUndo,
)
from buurthuis.rules import on_duty
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Venue

CAN_BE_DONE = (DutyStatus.TAKEN, DutyStatus.DONE)


@action
def begin(duty_id: int, *, by: Person) -> Duty:
    """I am here; again changes nothing.

    Raises:
        NotFound, NotAllowed
        NotGoingOn, NotYoursNow
    """
    duty = _mine(duty_id, by)
    _insist_it_goes_on(duty, clock.now())
    said = said_of(duty)
    if said.began_at is None:
        said.began_at = clock.now()
        note("duty.began", duty, by=by, venue_id=duty.venue_id)
    return duty


@action
def tick(
    duty_id: int, item_id: int, *, is_done: bool, by: Person, said_at: datetime | None = None
) -> None:
    """A line of the checklist is done, or not after all; the newest word counts.

    `said_at` is when it was pressed on a telephone without connection.

    Raises:
        NotFound, NotAllowed
        NotYoursNow
        NotGoingOn: the shift has not begun, or is over.
        ItemGone: the line stands on no checklist of this shift.
    """
    duty = _mine(duty_id, by)
    at = on_duty.pressed_at(said_at, _told(duty), clock.now())
    _insist_it_goes_on(duty, at)
    item = db.session.scalar(
        select(ChecklistItem).where(ChecklistItem.id == item_id).with_for_update()
    )
    is_here = item is not None and item.venue_id == duty.venue_id
    if not is_here or item is None or item.moment not in queries.LISTS[duty.kind]:
        raise ItemGone
    before = db.session.scalar(
        select(Tick).where(Tick.session_id == duty.session_id, Tick.item_id == item.id)
    )
    if before is None:
        before = Tick(session_id=duty.session_id, item_id=item.id, said_at=at)
        db.session.add(before)
    elif before.said_at > at:
        return
    before.is_done, before.said_at, before.said_by_id = is_done, at, by.id


@action
def close(duty_id: int, *, by: Person) -> Duty:
    """The house is closed and armed; again changes nothing.

    Raises:
        NotFound, NotAllowed
        NothingToClose: this shift does not close.
        NotYoursNow
        NotGoingOn: not yet.
    """
    duty = locked(duty_id)
    demand(by, "tonight.close", duty)
    now = clock.now()
    if duty.kind not in queries.CLOSING_KINDS:
        raise NothingToClose
    if duty.status not in CAN_BE_DONE:
        raise NotYoursNow
    if now < duty.starts_at - on_duty.AROUND:
        raise NotGoingOn(duty.starts_at - on_duty.AROUND)
    said = said_of(duty)
    if said.closed_at is None:
        said.closed_at, said.closed_by_id = now, by.id
        note("duty.closed", duty, by=by, venue_id=duty.venue_id)
    return duty


@action
def undo_close(duty_id: int, *, by: Person) -> Duty:
    """It is not closed after all, said within two minutes or before the shift is over.

    Raises:
        NotFound, NotAllowed
        TooLateToUndo
    """
    duty = locked(duty_id)
    demand(by, "tonight.close", duty)
    said = said_of(duty)
    if said.closed_at is not None:
        if not on_duty.can_undo_closing(
            closed_at=said.closed_at, ends_at=duty.ends_at, now=clock.now()
        ):
            raise TooLateToUndo
        said.closed_at = said.closed_by_id = None
        note("duty.close_undone", duty, by=by, venue_id=duty.venue_id)
    return duty


@action
def tell(
    duty_id: int, kind: IncidentKind, text: str, *, by: Person, submission: str
) -> Incident | None:
    """Something went wrong; whoever looks after the house reads it. Sent twice it is told once.

    Raises:
        NotFound, NotAllowed
    """
    duty = locked(duty_id)
    demand(by, "tonight.see", duty)
    told = select(Incident).where(Incident.told_by_id == by.id, Incident.submission == submission)
    if db.session.scalar(told) is not None:
        return None
    incident = Incident(
        venue_id=duty.venue_id,
        venue=duty.venue,
        duty_id=duty.id,
        kind=kind,
        text=text,
        submission=submission,
        told_by_id=by.id,
        told_by=by,
        told_at=clock.now(),
    )
    db.session.add(incident)
    db.session.flush()
    note("incident.told", incident, by=by, venue_id=duty.venue_id, kind=kind.value)
    letters.incident_told(incident)
    return incident


@action
def see(incident_id: int, *, by: Person) -> Incident:
    """The coordinator has seen it; the first one who does is named.

    Raises:
        NotFound
    """
    asked = select(Incident).where(Incident.id == incident_id).with_for_update()
    incident = db.session.scalar(asked) or queries.incident_by_id(incident_id)
    demand(by, "incident.see", incident)
    if incident.seen_at is None:
        incident.seen_at, incident.seen_by_id = clock.now(), by.id
        note("incident.seen", incident, by=by, venue_id=incident.venue_id)
    return incident


@action
def write_checklist(venue: Venue, moment: Moment, texts: Sequence[str], *, by: Person) -> bool:
    """Write a checklist anew; a line that keeps its words stays the same line. False: as it was.

    Lines that go are ended and not deleted, so what was ticked keeps its words.

    Raises:
        NotFound, NotAllowed
    """
    demand(by, "roster.manage", venue)
    # Two who write at once come after each other, the second on what the first wrote.
    db.session.scalar(select(Venue.id).where(Venue.id == venue.id).with_for_update())
    now = clock.now()
    known = {each.text: each for each in queries.checklist_of(venue, moment)}
    before = [text for text, _item in known.items()]
    wanted = list(dict.fromkeys(texts))
    if wanted == before:
        return False
    for text, item in known.items():
        if text not in wanted:
            item.ended_at = now
    for position, text in enumerate(wanted):
        kept = known.get(text)
        if kept is not None:
            kept.position = position
        else:
            db.session.add(
                ChecklistItem(
                    venue_id=venue.id, moment=moment, position=position, text=text, made_at=now
                )
            )
    note("checklist.written", venue, by=by, venue_id=venue.id, moment=moment.value)
    return True


def locked(duty_id: int) -> Duty:
    """The promise itself, with its house, until the end of the transaction.

    Raises:
        NotFound
    """
    asked = select(Duty).where(Duty.id == duty_id).with_for_update()
    db.session.scalar(asked.execution_options(populate_existing=True))
    return duty_by_id(duty_id)


def said_of(duty: Duty) -> Presence:
    """The row with what was said of a shift that is locked; made when there is none."""
    said = db.session.get(Presence, duty.id)
    if said is None:
        said = Presence(duty_id=duty.id, person_id=duty.person_id, asked=0)
        db.session.add(said)
    return said


def _mine(duty_id: int, by: Person) -> Duty:
    duty = locked(duty_id)
    demand(by, "tonight.do", duty)
    if duty.status not in CAN_BE_DONE:
        raise NotYoursNow
    return duty


def _told(duty: Duty) -> Period:
    return Period(duty.starts_at, duty.ends_at)


def _insist_it_goes_on(duty: Duty, at: datetime) -> None:
    if not on_duty.is_going_on(_told(duty), at):
        early = duty.starts_at - on_duty.AROUND
        raise NotGoingOn(early if at < early else None)
