"""The verbs of shifts: take, give and drop; one transaction each."""

from datetime import datetime

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.roster.cover import steps as cover_steps
from buurthuis.roster.duties import letters as duty_letters
from buurthuis.roster.duties.refusals import (
    NobodyToBackUp,
    NotWhatTheyOffered,
    ShiftOver,
    ShiftTaken,
)
from buurthuis.roster.duties.steps import (
    end,
    end_draft,
    insist_it_stands,
    insist_may_do,
    lock_people,
    locked,
    own_on,
    promise,
    seen,
    shift_for,
)
from buurthuis.roster.models import Chosen, Duty, DutyStatus
from buurthuis.roster.promised import duty_by_id
from buurthuis.roster.reading import SeenShift
from buurthuis.rules import told
from buurthuis.rules.shifts import Part


@action
def take(shift_id: str, *, by: Person, part: Part = Part.HOLDER) -> Duty:
    """Promise a shift, to stand by for it, or to come along and learn. Twice changes nothing.

    Raises:
        NotFound: there is no such shift, or not for this person.
        ShiftOver, ShiftTaken, NobodyToBackUp, NothingToLearn
        MayNotDo: they have no key, do not know the house, are elsewhere then, …
    """
    lock_people(by.id)
    now = clock.now()
    shift = seen(shift_id, now)
    demand(by, "roster.see", shift.venue)
    return put(shift, by, part=part, chosen=Chosen.SELF, by=by, now=now)


@action
def give(
    shift_id: str,
    to: Person,
    *,
    by: Person,
    part: Part = Part.HOLDER,
    though_it_does_not_suit: bool = False,
) -> Duty:
    """Put somebody on a shift, as its coordinator; they get a letter.

    Raises:
        NotFound, NotAllowed, ShiftOver, ShiftTaken, MayNotDo, NobodyToBackUp, NothingToLearn
        NotWhatTheyOffered: it does not suit them, and nobody said that they do it all the same.
    """
    lock_people(to.id)
    now = clock.now()
    shift = seen(shift_id, now)
    demand(by, "roster.manage", shift.venue)
    demand(to, "roster.see", shift.venue)  # Others stay unknown, also by their number.
    own = own_on(shift, to)
    if own is not None and own.part is part:
        return own
    doubts = insist_may_do(to, shift, part, without=_ids(own), name=to.name)
    if doubts and not though_it_does_not_suit:
        raise NotWhatTheyOffered(doubts, to.name)
    duty = put(shift, to, part=part, chosen=Chosen.COORDINATOR, by=by, now=now)
    if to.id != by.id:
        duty_letters.given(duty, by=by)
    return duty


def put(
    shift: SeenShift, person: Person, *, part: Part, chosen: Chosen, by: Person, now: datetime
) -> Duty:
    """Write a promise down and close the calls for it, inside the action of the caller.

    Raises:
        ShiftTaken, MayNotDo, NobodyToBackUp, NothingToLearn
    """
    own = own_on(shift, person)
    if own is not None and own.part is part:
        return own
    _insist_it_is_free(shift, part)
    insist_may_do(person, shift, part, without=_ids(own), name="" if by is person else person.name)
    if part is Part.HOLDER:
        end_draft(shift.id, now)
    if own is not None:
        end(own, DutyStatus.DROPPED, now)
    duty = promise(shift, person, part=part, chosen=chosen, now=now)
    _write_down("duty.taken", duty, by)
    if part is Part.HOLDER:
        cover_steps.close_calls_for(shift, duty, now)
    return duty


@action
def drop(duty_id: int, *, by: Person, reason: str = "") -> Duty:
    """Give a shift up: it is open again, and others are asked to take it over.

    Until two minutes later it can be undone, and no letter leaves. Only coordinators read the
    reason, until the shift is over.

    Raises:
        NotFound, NotYours
        ShiftOver: its time has passed.
    """
    duty = locked(duty_id)
    demand(by, "duty.drop", duty)
    insist_it_stands(duty)
    now = clock.now()
    if duty.ends_at <= now:
        raise ShiftOver
    leaves_at = now + told.SECOND_THOUGHTS
    if by.id != duty.person_id:
        duty_letters.taken_off(duty, "coordinator", by=by, leaves_at=leaves_at)
    _let_go(duty, by=by, now=now, remark=reason)
    return duty


def _let_go(duty: Duty, *, by: Person, now: datetime, remark: str) -> None:
    """End a promise whose person is locked, and look for somebody else."""
    shift = shift_for(duty, now)
    end(duty, DutyStatus.DROPPED, now)
    _write_down("duty.dropped", duty, by)
    cover_steps.end_swaps_of(duty, now)
    if duty.part is not Part.HOLDER or shift is None:
        return
    leaves_at = now + told.SECOND_THOUGHTS
    cover_steps.let_learners_go(shift, now, leaves_at=leaves_at)
    if duty.published_at is not None:
        cover_steps.open_call(duty, by=by, now=now, remark=remark, leaves_at=leaves_at)


def _insist_it_is_free(shift: SeenShift, part: Part) -> None:
    """Raises ShiftTaken, NobodyToBackUp."""
    if part is not Part.HOLDER and shift.holder is None:
        raise NobodyToBackUp
    there = {
        Part.HOLDER: shift.holder,
        Part.BACKUP: shift.backup,
        Part.LEARNER: next(iter(shift.learners), None),
    }
    if there[part] is not None:
        raise ShiftTaken


def _ids(duty: Duty | None) -> list[int]:
    return [] if duty is None else [duty.id]


def _write_down(verb: str, duty: Duty, by: Person) -> None:
    told_of = {"person": duty.person_id, "kind": duty.kind, "part": duty.part}
    note(verb, duty, by=by, venue_id=duty.venue_id, **told_of)


def duty_here(duty_id: int) -> Duty:
    """A promise, for a door that asks what one may do with it.

    Raises:
        NotFound
    """
    found = duty_by_id(duty_id)
    if found.person.left_at is not None:
        raise NotFound
    return found
