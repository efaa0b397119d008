"""A shift as its page shows it: as the roster is now, with its bookings, its checklist and its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.bookings.today.queries import OF_THE_DAY, OnTheDay, on_the_day
from buurthuis.foundation.access import may
from buurthuis.foundation.db import db
from buurthuis.roster.duties.steps import shift_for
from buurthuis.roster.models import Duty, DutyStatus, Part, ShiftKind
from buurthuis.roster.reading import SeenShift
from buurthuis.roster.tonight import queries
from buurthuis.roster.tonight.models import Moment, Presence
from buurthuis.roster.vault import sealing as vault
from buurthuis.roster.vault.queries import codes_of, may_look
from buurthuis.rules import on_duty
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import stretch_of


@dataclass(frozen=True, slots=True)
class Tonight:
    """Everything that stands on the page of one shift, for one person."""

    duty: Duty
    period: Period
    is_needed: bool
    is_own: bool
    goes_on: bool
    bookings: Sequence[Booking]
    presence: Mapping[int, OnTheDay]
    lists: Mapping[Moment, list[queries.Line]]
    said: Presence | None
    closing: Presence | None
    company: Sequence[Duty]
    can_begin: bool
    can_close: bool
    closes_soon: bool
    """Whether closing is what comes next, and not only what can be done."""
    can_undo: bool
    can_look: bool
    keeps_codes: bool
    """Whether the house keeps any code."""

    @property
    def ticked(self) -> int:
        """How many lines of the checklists are done."""
        return sum(line.is_done for lines in self.lists.values() for line in lines)

    @property
    def to_tick(self) -> int:
        """How many lines there are."""
        return sum(len(lines) for lines in self.lists.values())


def as_it_is(duty: Duty, now: datetime) -> SeenShift | None:
    """The shift that belongs to a promise now, wherever its bookings went; None when nobody needs it."""
    shift = shift_for(duty, now)
    if shift is None or duty.id not in {each.id for each in shift.people}:
        return None
    return shift


def is_last(duty: Duty, shift: SeenShift | None) -> bool:
    """Whether the house closes with this shift; of hosts who take over from each other, the last one's."""
    if duty.kind == ShiftKind.HOST and shift is not None:
        return shift.watch == len(shift.session.cuts)
    return duty.kind in queries.CLOSING_KINDS


def tonight(duty: Duty, person: Person, now: datetime) -> Tonight:
    """What the page of a shift shows."""
    shift = as_it_is(duty, now)
    told = Period(duty.starts_at, duty.ends_at)
    is_own = may(person, "tonight.do", duty)
    bookings = _bookings(duty, shift)
    said = queries.presence_of([duty]).get(duty.id)
    closing = queries.closing_of(duty.session_id)
    stands = duty.status in {DutyStatus.TAKEN, DutyStatus.DONE}
    goes_on = stands and on_duty.is_going_on(told, now)
    closes = is_last(duty, shift) and may(person, "tonight.close", duty)
    return Tonight(
        duty=duty,
        period=told if shift is None else shift.period,
        is_needed=shift is not None,
        is_own=is_own,
        goes_on=goes_on,
        bookings=bookings,
        presence=on_the_day(bookings, person, now=now),
        lists=queries.lines_of(duty) if shift is not None or said is not None else {},
        said=said,
        closing=closing,
        company=queries.company_of(duty),
        can_begin=is_own and goes_on and (said is None or said.began_at is None),
        can_close=closes and closing is None and stands and told.start - on_duty.AROUND <= now,
        closes_soon=now >= told.end - on_duty.AROUND,
        can_undo=_can_undo(duty, closing, now) and closes,
        can_look=vault.can_keep() and may_look(duty, person, now),
        keeps_codes=duty.part != Part.LEARNER and bool(codes_of(duty.venue_id)),
    )


def _can_undo(duty: Duty, closing: Presence | None, now: datetime) -> bool:
    if closing is None or closing.closed_at is None or closing.duty_id != duty.id:
        return False
    return on_duty.can_undo_closing(closed_at=closing.closed_at, ends_at=duty.ends_at, now=now)


def _bookings(duty: Duty, shift: SeenShift | None) -> Sequence[Booking]:
    """The bookings that the shift is about, as it is now; of one that is gone, all it was promised for."""
    numbers = [each.booking_id for each in duty.bookings]
    if shift is not None:
        numbers = list(shift.session.bookings)
    asked = (
        select(Booking)
        .where(Booking.id.in_(numbers), Booking.status.in_(OF_THE_DAY))
        .options(*WITH_EVERYTHING)
        .order_by(Booking.from_at, Booking.id)
    )
    found = db.session.scalars(asked).all()
    if shift is None:
        return found
    session = shift.session
    stretch = stretch_of(session.period, session.cuts, shift.kind, shift.watch)
    return [each for each in found if _there(each).overlaps(stretch)]


def _there(booking: Booking) -> Period:
    return Period(booking.starts_setting_up_at, booking.is_cleared_at)
