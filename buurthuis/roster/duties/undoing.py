"""Second thoughts: for two minutes whoever tapped takes it back, and all is as it was before."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand, may
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry, note
from buurthuis.roster.cover import steps as cover_steps
from buurthuis.roster.duties import letters as duty_letters
from buurthuis.roster.duties.refusals import NotYours, ShiftTaken, TooLateToUndo
from buurthuis.roster.duties.steps import (
    end,
    end_draft,
    insist_may_do,
    lock_duty,
    lock_people,
    shift_for,
)
from buurthuis.roster.models import STANDING, Chosen, Duty, DutyStatus
from buurthuis.roster.promised import duty_by_id
from buurthuis.roster.reading import SeenShift
from buurthuis.rules import told
from buurthuis.rules.shifts import Part

DROPPED: Final = "duty.dropped"
UNDONE: Final = "duty.undone"
TAPPED: Final = frozenset({Chosen.SELF, Chosen.COVER})
"""How somebody got a shift by a tap of their own."""


@action
def undo(duty_id: int, *, by: Person) -> Duty:
    """Take a tap back within two minutes: a shift just taken is free again, one just dropped is theirs.

    Only whoever tapped can, and twice changes nothing.

    Raises:
        NotFound, TooLateToUndo
        ShiftTaken: somebody else has it by now.
        MayNotDo: they can not do it any more, for they lost the key or took another shift.
    """
    before = duty_by_id(duty_id)
    lock_people(before.person_id, *cover_steps.people_before(before))
    duty = lock_duty(duty_id)
    demand(by, "duty.see", duty)
    now, last = clock.now(), _last_taps([duty]).get(duty.id)
    if last is not None and last.verb == UNDONE and last.actor_id == by.id:
        return duty
    if not can_be_undone(duty, by, now):
        raise TooLateToUndo
    if duty.status in STANDING:
        _put_back(duty, now)
    else:
        _take_up_again(duty, by, now)
    told_of = {"person": duty.person_id, "kind": duty.kind, "part": duty.part}
    note(UNDONE, duty, by=by, venue_id=duty.venue_id, **told_of)
    return duty


def can_be_undone(duty: Duty, person: Person, now: datetime) -> bool:
    """Whether somebody may take back now what they just tapped."""
    return bool(that_can_be_undone([duty], person, now))


def that_can_be_undone(duties: Iterable[Duty], person: Person, now: datetime) -> list[Duty]:
    """What somebody just tapped of these promises and may take back now; asked of all at once."""
    fresh = [each for each in duties if _is_fresh(each, now)]
    last = _last_taps(fresh)
    return [each for each in fresh if _tapped(each, person, last.get(each.id))]


def tapped_on(shift: SeenShift, person: Person, now: datetime) -> Duty | None:
    """What somebody just tapped about a shift and may take back now."""
    since = now - told.SECOND_THOUGHTS
    recent = select(Duty).where(
        Duty.venue_id == shift.venue.id,
        Duty.kind == shift.kind,
        or_(Duty.created_at > since, Duty.over_at > since),
    )
    found = that_can_be_undone(db.session.scalars(recent.order_by(Duty.id.desc())), person, now)
    return next((each for each in found if _is_for(each, shift, now)), None)


def _is_for(duty: Duty, shift: SeenShift, now: datetime) -> bool:
    found = shift_for(duty, now)
    return found is not None and found.id == shift.id


def _is_fresh(duty: Duty, now: datetime) -> bool:
    if duty.status not in {*STANDING, DutyStatus.DROPPED}:
        return False
    since = duty.created_at if duty.status in STANDING else duty.over_at
    return since is not None and told.can_be_taken_back(since=since, now=now)


def _tapped(duty: Duty, person: Person, last: LogEntry | None) -> bool:
    if duty.status in STANDING:
        return duty.person_id == person.id and duty.chosen in TAPPED and last is None
    # Who lost the key or swapped did not tap.
    is_own = last is not None and last.verb == DROPPED and last.actor_id == person.id
    return is_own and may(person, "duty.drop", duty)


def _put_back(duty: Duty, now: datetime) -> None:
    """As if it had not been taken: who looked for somebody goes on looking."""
    end(duty, DutyStatus.DROPPED, now)
    duty_letters.take_back(duty)
    stood_by = select(Duty.id).where(
        Duty.person_id == duty.person_id,
        Duty.session_id == duty.session_id,
        Duty.part != Part.HOLDER,
        Duty.status == DutyStatus.DROPPED,
        Duty.over_at == duty.created_at,
    )
    if duty.part is Part.HOLDER:
        for number in db.session.scalars(stood_by).all():
            cover_steps.stand_again(lock_duty(number))
        cover_steps.open_again(duty, now)


def _take_up_again(duty: Duty, by: Person, now: datetime) -> None:
    """As if it had not been dropped, when nobody else has it and they still can."""
    shift = shift_for(duty, now)
    if shift is None:
        raise NotYours
    if duty.part is Part.HOLDER and shift.holder is not None:
        raise ShiftTaken
    name = "" if by.id == duty.person_id else duty.person.name
    insist_may_do(duty.person, shift, duty.part, name=name)
    if duty.part is Part.HOLDER:
        end_draft(shift.id, now)
    dropped_at = duty.over_at
    cover_steps.stand_again(duty)
    duty_letters.take_back(duty)
    cover_steps.withdraw_calls_of(duty, now)
    learners = select(Duty.id).where(
        Duty.session_id == duty.session_id,
        Duty.part == Part.LEARNER,
        Duty.status == DutyStatus.DROPPED,
        Duty.over_at == dropped_at,
    )
    for number in db.session.scalars(learners).all():
        learner = lock_duty(number)
        duty_letters.take_back(learner)
        cover_steps.stand_again(learner)


def _last_taps(duties: Sequence[Duty]) -> dict[int, LogEntry]:
    """How each of these promises was last given up or taken back, and by whom."""
    if not duties:
        return {}
    asked = select(LogEntry).where(
        LogEntry.subject_type == Duty.__tablename__,
        LogEntry.subject_id.in_([each.id for each in duties]),
        LogEntry.verb.in_((DROPPED, UNDONE)),
    )
    return {each.subject_id or 0: each for each in db.session.scalars(asked.order_by(LogEntry.id))}
