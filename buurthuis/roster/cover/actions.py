"""The verbs of calls for cover: look for somebody else, answer, stop looking, and the worker's round."""

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.foundation.rows import row_of
from buurthuis.roster.cover import steps as cover_steps
from buurthuis.roster.cover.models import Answer, CoverAsk, CoverCall, Outcome, RosterCall
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties import letters as duty_letters
from buurthuis.roster.duties.refusals import CallOver, ShiftOver
from buurthuis.roster.duties.steps import (
    end,
    insist_it_stands,
    insist_may_do,
    lock_duty,
    lock_people,
    locked,
    shift_for,
)
from buurthuis.roster.models import STANDING, Chosen, Duty, DutyStatus
from buurthuis.rules import told
from buurthuis.rules.shifts import Part


@action
def look_for_another(duty_id: int, *, by: Person, reason: str = "") -> CoverCall:
    """Ask others to take a shift over; until one says yes it stays with who has it.

    Raises:
        NotFound, NotYours, ShiftOver
    """
    duty = locked(duty_id)
    demand(by, "duty.drop", duty)
    insist_it_stands(duty)
    now = clock.now()
    if duty.part is not Part.HOLDER:
        raise NotFound
    if duty.starts_at <= now:
        raise ShiftOver
    note("cover.opened", duty, by=by, venue_id=duty.venue_id, person=duty.person_id)
    leaves_at = now + told.SECOND_THOUGHTS
    return cover_steps.open_call(duty, by=by, now=now, remark=reason, leaves_at=leaves_at)


@action
def stop_looking(duty_id: int, *, by: Person) -> Duty:
    """Whoever has the shift does it after all. Twice changes nothing.

    Raises:
        NotFound, NotYours
    """
    duty = locked(duty_id)
    demand(by, "duty.drop", duty)
    insist_it_stands(duty)
    call = cover_steps.call_about(duty)
    if call is not None:
        duty_letters.take_back(duty)
        cover_steps.close(call, Outcome.WITHDRAWN, clock.now())
        note("cover.withdrawn", duty, by=by, venue_id=duty.venue_id, person=duty.person_id)
    return duty


@action
def say_yes(call_id: int, *, by: Person) -> Duty:
    """Take a shift over; the first yes wins, and twice changes nothing.

    Raises:
        NotFound, CallOver, MayNotDo
        ShiftTaken: somebody said yes at this moment.
    """
    call = call_by_id(call_id)
    lock_people(by.id, call.duty.person_id)
    call = _lock_call(call_id)
    demand(by, "cover.see", call)
    now = clock.now()
    if call.taken is not None and call.taken.person_id == by.id and call.taken.status in STANDING:
        return call.taken
    duty = lock_duty(call.duty_id)
    shift = shift_for(duty, now)
    if call.closed_at is not None or shift is None or shift.period.end <= now:
        raise CallOver
    if shift.holder is not None and shift.holder.id == duty.id:
        if duty.person_id == by.id:
            raise CallOver
        insist_may_do(by, shift, Part.HOLDER, without=_own_backup(shift.backup, by))
        end(duty, DutyStatus.DROPPED, now)
        cover_steps.end_swaps_of(duty, now)
        shift = shift_for(duty, now) or shift
    return duties.put(shift, by, part=Part.HOLDER, chosen=Chosen.COVER, by=by, now=now)


@action
def say_no(call_id: int, *, by: Person) -> CoverCall:
    """Not this time. Nobody else sees it, and it counts for nothing. Twice changes nothing.

    Raises:
        NotFound
    """
    call_by_id(call_id)
    call = _lock_call(call_id)
    demand(by, "cover.see", call)
    now = clock.now()
    ask = next((each for each in call.asks if each.person_id == by.id), None)
    if ask is None:
        ask = CoverAsk(person_id=by.id, person=by, asked_at=now)
        call.asks.append(ask)
    ask.answer, ask.answered_at = Answer.NO, now
    db.session.flush()
    if call.closed_at is None:
        cover_steps.step(call, now)
    return call


def go_round() -> int:
    """Take the next step of every open call; returns how many went on."""
    numbers = db.session.scalars(
        select(CoverCall.id).where(CoverCall.closed_at.is_(None)).order_by(CoverCall.id)
    ).all()
    db.session.rollback()
    return sum(_go_on(number) for number in numbers)


@action
def _go_on(call_id: int) -> bool:
    """One call; another worker that has it in hand goes on with it."""
    call = db.session.scalar(
        select(CoverCall)
        .where(CoverCall.id == call_id, CoverCall.closed_at.is_(None))
        .with_for_update(of=CoverCall, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return call is not None and cover_steps.step(call, clock.now())


@action
def called(call_id: int, *, by: Person) -> None:
    """Somebody told them by telephone; twice changes nothing."""
    call = db.session.get_one(RosterCall, call_id, with_for_update={"of": RosterCall})
    if call.called_at is None:
        call.called_at, call.called_by_id = clock.now(), by.id
        about = {"person": call.person_id, "news": call.news}
        note("duty.called", call.duty, by=by, venue_id=call.venue_id, **about)


def call_by_id(cover_id: int) -> CoverCall:
    """A call for cover.

    Raises:
        NotFound
    """
    return row_of(CoverCall, cover_id)


def _lock_call(call_id: int) -> CoverCall:
    call = db.session.get_one(
        CoverCall, call_id, with_for_update={"of": CoverCall}, populate_existing=True
    )
    db.session.expire(call, ["asks", "taken"])
    return call


def _own_backup(backup: Duty | None, person: Person) -> list[int]:
    return [backup.id] if backup is not None and backup.person_id == person.id else []
