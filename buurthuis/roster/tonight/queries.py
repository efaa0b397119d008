"""Questions about a shift as it is done: which one, its checklist, who was there; they never commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import ALONE
from buurthuis.foundation.db import db
from buurthuis.foundation.rows import row_of
from buurthuis.roster.models import Duty, DutyStatus, Part, ShiftKind
from buurthuis.roster.promised import WITH_ALL
from buurthuis.roster.tonight.models import ChecklistItem, Incident, Moment, Presence, Tick
from buurthuis.rules.on_duty import AROUND
from buurthuis.venues.models import Venue

AHEAD: Final = timedelta(days=60)
INCIDENTS_SHOWN: Final = 100
CLOSING_KINDS: Final = (ShiftKind.CLOSE, ShiftKind.HOST)

LISTS: Final[dict[ShiftKind, tuple[Moment, ...]]] = {
    ShiftKind.OPEN: (Moment.OPENING,),
    ShiftKind.CLOSE: (Moment.CLOSING,),
    ShiftKind.HOST: (Moment.OPENING, Moment.CLOSING),
    ShiftKind.HANDOVER: (),
}
"""Which checklists belong to which kind of shift."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a checklist, and what was said about it in this session."""

    item: ChecklistItem
    tick: Tick | None

    @property
    def is_done(self) -> bool:
        """Whether the newest word is that it is done."""
        return self.tick is not None and self.tick.is_done


def duties_around(person: Person, now: datetime) -> Sequence[Duty]:
    """What somebody promised that goes on or comes, the first one first."""
    asked = (
        select(Duty)
        .where(
            Duty.person_id == person.id,
            Duty.status.in_((DutyStatus.TAKEN, DutyStatus.DONE)),
            Duty.starts_at < now + AHEAD,
            Duty.ends_at > now - AROUND,
        )
        .options(*WITH_ALL)
        .order_by(Duty.starts_at, Duty.id)
    )
    return db.session.scalars(asked).all()


def at_hand(duties: Sequence[Duty], now: datetime) -> Duty:
    """Which of somebody's shifts is the one now: a house they have not closed yet, else the next to end."""
    said = presence_of(duties)
    for duty in duties:
        word = said.get(duty.id)
        is_closed = word is not None and word.closed_at is not None
        is_to_close = duty.kind == ShiftKind.CLOSE and duty.part == Part.HOLDER
        if duty.ends_at > now or (is_to_close and not is_closed):
            return duty
    return duties[0]


def checklist_of(venue: Venue, moment: Moment) -> Sequence[ChecklistItem]:
    """The lines of a checklist as they stand now."""
    return db.session.scalars(_items(venue.id).where(ChecklistItem.moment == moment)).all()


def lines_of(duty: Duty) -> dict[Moment, list[Line]]:
    """The checklists of a shift with their ticks; a line that was ticked stays, also when it ended."""
    moments = LISTS[duty.kind]
    if not moments:
        return {}
    ticks = {
        each.item_id: each
        for each in db.session.scalars(
            select(Tick)
            .where(Tick.session_id == duty.session_id)
            .options(joinedload(Tick.said_by).options(*ALONE))
        )
    }
    asked = _items(duty.venue_id, and_those=ticks).where(ChecklistItem.moment.in_(moments))
    lines: dict[Moment, list[Line]] = {each: [] for each in moments}
    for item in db.session.scalars(asked):
        lines[item.moment].append(Line(item, ticks.get(item.id)))
    return {moment: found for moment, found in lines.items() if found}


def _items(venue_id: int, and_those: Iterable[int] = ()) -> Select[ChecklistItem]:
    stands = ChecklistItem.ended_at.is_(None)
    return (
        select(ChecklistItem)
        .where(
            ChecklistItem.venue_id == venue_id,
            or_(stands, ChecklistItem.id.in_(tuple(and_those))),
        )
        .order_by(ChecklistItem.position, ChecklistItem.id)
    )


def presence_of(duties: Iterable[Duty]) -> dict[int, Presence]:
    """What was said of each shift, by the number of the promise."""
    numbers = [duty.id for duty in duties]
    if not numbers:
        return {}
    asked = select(Presence).where(Presence.duty_id.in_(numbers))
    with_name = asked.options(joinedload(Presence.closed_by).options(*ALONE))
    return {each.duty_id: each for each in db.session.scalars(with_name)}


def closing_of(session_id: int) -> Presence | None:
    """The word that the house is closed after this session; the first one where two closed."""
    return db.session.scalar(
        select(Presence)
        .join(Duty, Duty.id == Presence.duty_id)
        .where(Duty.session_id == session_id, Presence.closed_at.is_not(None))
        .options(joinedload(Presence.closed_by).options(*ALONE))
        .order_by(Presence.closed_at, Presence.duty_id)
        .limit(1)
    )


def company_of(duty: Duty) -> Sequence[Duty]:
    """Who else does something in the same session: with you, before you or after you."""
    asked = (
        select(Duty)
        .where(
            Duty.session_id == duty.session_id,
            Duty.id != duty.id,
            Duty.status.in_((DutyStatus.TAKEN, DutyStatus.DONE)),
        )
        .options(*WITH_ALL)
        .order_by(Duty.starts_at, Duty.place, Duty.part, Duty.id)
    )
    return db.session.scalars(asked).all()


def incidents_of(venue: Venue) -> Sequence[Incident]:
    """What went wrong in a house: what nobody has seen first, then the newest first."""
    asked = (
        select(Incident)
        .where(Incident.venue_id == venue.id)
        .options(
            joinedload(Incident.told_by).options(*ALONE),
            joinedload(Incident.seen_by).options(*ALONE),
        )
        .order_by(Incident.seen_at.is_not(None), Incident.told_at.desc(), Incident.id.desc())
        .limit(INCIDENTS_SHOWN)
    )
    return db.session.scalars(asked).all()


def counting_unseen(venue: Venue) -> Select[int]:
    """The question how much went wrong that nobody has seen."""
    unseen = select(func.count()).select_from(Incident)
    return unseen.where(Incident.venue_id == venue.id, Incident.seen_at.is_(None))


def incident_by_id(incident_id: int) -> Incident:
    """Something that went wrong.

    Raises:
        NotFound
    """
    return row_of(Incident, incident_id)
