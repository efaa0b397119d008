"""Asking whether a house is closed when nobody said so: who closes, the back-up, the coordinator, once each."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from buurthuis.accounts.queries import coordinators_with_address
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.models import Duty, DutyStatus, Part, ShiftKind
from buurthuis.roster.promised import WITH_ALL
from buurthuis.roster.tonight import letters
from buurthuis.roster.tonight.actions import said_of
from buurthuis.roster.tonight.models import Presence
from buurthuis.roster.tonight.queries import CLOSING_KINDS
from buurthuis.roster.tonight.seen import as_it_is, is_last
from buurthuis.rules.on_duty import ASKED_AFTER, ASKED_UNTIL, Asked, who_is_asked
from buurthuis.venues.models import Venue

MOST_AT_ONCE: Final = 200
LONGEST_SHIFT: Final = timedelta(days=2)
PROMISED: Final = (DutyStatus.TAKEN, DutyStatus.DONE)


@action
def ask_whether_closed() -> int:
    """Ask about every house that should be closed by now; returns about how many somebody was asked.

    Where nobody promised to close, the last host is asked. A promise remembers who was asked, so
    many workers ask once. Who has no address can not be asked: then the next one is, at once. Of
    two who close together the first carries the memory.
    """
    now = clock.now()
    asked = 0
    for duty in db.session.scalars(_not_closed(now)):
        if duty.kind == ShiftKind.HOST and not is_last(duty, as_it_is(duty, now)):
            continue
        said = said_of(duty)
        who = who_is_asked(duty.ends_at, asked=Asked(said.asked), asked_at=said.asked_at, now=now)
        while who is not None:
            said.asked, said.asked_at = who, now
            if _write_to(who, duty):
                note("duty.close_asked", duty, venue_id=duty.venue_id, asked=who.name.lower())
                asked += 1
                break
            who = Asked(who + 1) if who < Asked.COORDINATOR else None
    return asked


def _not_closed(now: datetime) -> Select[Duty]:
    """Closings of which nobody said that they are done, one for each session."""
    first, other = aliased(Duty), aliased(Duty)
    goes_before = exists().where(
        first.session_id == Duty.session_id,
        first.part == Part.HOLDER,
        first.status.in_(PROMISED),
        or_(
            and_(first.kind == Duty.kind, first.watch == Duty.watch, first.place < Duty.place),
            and_(first.kind == ShiftKind.CLOSE, Duty.kind == ShiftKind.HOST),
        ),
    )
    closed = exists().where(
        other.session_id == Duty.session_id,
        Presence.duty_id == other.id,
        Presence.closed_at.is_not(None),
    )
    ended = Duty.ends_at.between(now - ASKED_UNTIL, now - ASKED_AFTER)
    # Naming the houses lets the database walk its index of houses and starts.
    begun = (
        Duty.venue_id.in_(list(db.session.scalars(select(Venue.id)))),
        Duty.starts_at.between(now - ASKED_UNTIL - LONGEST_SHIFT, now),
    )
    return (
        select(Duty)
        .where(Duty.kind.in_(CLOSING_KINDS), Duty.part == Part.HOLDER)
        .where(*begun, ended, Duty.status.in_(PROMISED), ~closed, ~goes_before)
        .options(*WITH_ALL)
        .order_by(Duty.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Duty, skip_locked=True)
    )


def _write_to(who: Asked, duty: Duty) -> bool:
    if who == Asked.COORDINATOR:
        people = coordinators_with_address(duty.venue)
        return letters.is_it_closed(duty, people, who, open_duty=duty)
    part = Part.HOLDER if who == Asked.HOLDER else Part.BACKUP
    of_session = select(Duty).where(
        Duty.session_id == duty.session_id,
        Duty.kind == duty.kind,
        Duty.watch == duty.watch,
        Duty.part == part,
        Duty.status.in_(PROMISED),
    )
    found = db.session.scalars(of_session.options(*WITH_ALL).order_by(Duty.id)).all()
    written = [letters.is_it_closed(duty, [each.person], who, open_duty=each) for each in found]
    return any(written)
