"""What a call for cover is made of: opening it, asking people, telling the back-up, and closing it.

All of it happens inside the action of the caller. A promise that is offered to others stands until
somebody says yes; one that was dropped is open, and whoever takes its shift closes the call as well.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.cover.models import (
    Answer,
    CoverAsk,
    CoverCall,
    News,
    Outcome,
    Swap,
    SwapState,
)
from buurthuis.roster.duties import letters as duty_letters
from buurthuis.roster.duties.steps import end, in_the_way, shift_for
from buurthuis.roster.fitness import fitness_of, fitness_of_person
from buurthuis.roster.models import STANDING, Duty, DutyBooking, DutyStatus
from buurthuis.roster.reading import SeenShift
from buurthuis.rules import told
from buurthuis.rules.covering import Candidate, SoFar, Step, next_step
from buurthuis.rules.eligibility import Hindrance, hard
from buurthuis.rules.shifts import Part

NOTED: Final = {
    Step.ASK: "cover.asked",
    Step.TELL_BACKUP: "cover.backup_told",
    Step.TELL_COORDINATOR: "cover.escalated",
}
"""What the logbook says of each step."""


def open_call(
    duty: Duty,
    *,
    by: Person | None,
    now: datetime,
    remark: str = "",
    leaves_at: datetime | None = None,
) -> CoverCall:
    """Look for somebody else; the first are asked at once when it is time. One call for one promise."""
    call = call_about(duty)
    if call is None:
        call = CoverCall(
            venue_id=duty.venue_id,
            duty_id=duty.id,
            duty=duty,
            opened_at=now,
            opened_by_id=None if by is None else by.id,
            asks=[],
        )
        db.session.add(call)
    call.remark = remark or call.remark or ""
    db.session.flush()
    step(call, now, leaves_at=leaves_at)
    return call


def call_about(duty: Duty) -> CoverCall | None:
    """The call that is open for a promise."""
    return db.session.scalar(
        select(CoverCall).where(CoverCall.duty_id == duty.id, CoverCall.closed_at.is_(None))
    )


def step(call: CoverCall, now: datetime, *, leaves_at: datetime | None = None) -> bool:
    """Do what is next for an open call; False when there is nothing to do yet."""
    shift = shift_for(call.duty, now)
    outcome = _what_ended_it(call, shift, now)
    if shift is None or outcome is not None:
        _end(call, shift, outcome or Outcome.NOT_NEEDED, now)
        return True
    backup = shift.backup
    what, people = next_step(
        _so_far(call),
        _candidates(call, shift, None if backup is None else backup.person_id),
        has_backup=backup is not None,
        starts_at=shift.period.start,
        now=now,
    )
    if what is Step.WAIT:
        return False
    call.last_step_at = now
    if what is Step.ASK:
        _ask(call, people, shift, now, leaves_at=leaves_at)
    elif what is Step.TELL_BACKUP and backup is not None:
        call.backup_told_at = now
        _ask(call, [backup.person_id], shift, now, leaves_at=leaves_at, is_backup=True)
    else:
        call.coordinator_told_at = now
        duty_letters.unanswered(call, shift)
    note(NOTED[what], call.duty, venue_id=call.venue_id, people=len(people))
    return True


def _end(call: CoverCall, shift: SeenShift | None, outcome: Outcome, now: datetime) -> None:
    """Somebody else has the shift, nobody needs it, or it is too late."""
    taken = shift.holder if shift is not None and outcome is Outcome.COVERED else None
    close(call, outcome, now, taken)
    if taken is not None:
        duty_letters.covered(call, taken, leaves_at=None)


def close(call: CoverCall, outcome: Outcome, now: datetime, taken: Duty | None = None) -> None:
    """Nobody is looked for any more; whoever still thought about it need not be called."""
    call.closed_at, call.outcome = now, outcome
    call.taken_id = None if taken is None else taken.id
    duty_letters.nobody_calls(call.duty, News.ASKED)
    db.session.flush()


def close_calls_for(shift: SeenShift, taken: Duty, now: datetime) -> None:
    """Somebody took a shift: whoever looked for them hears it, when the tap can no longer be undone."""
    leaves_at = now + told.SECOND_THOUGHTS
    for call in _open_calls_near(shift):
        there = shift_for(call.duty, now)
        if there is not None and there.id == shift.id:
            close(call, Outcome.COVERED, now, taken)
            for ask in call.asks:
                if ask.person_id == taken.person_id:
                    ask.answer, ask.answered_at = Answer.YES, now
            duty_letters.covered(call, taken, leaves_at=leaves_at)


def people_before(taken: Duty) -> list[int]:
    """Whose shift it was before somebody said yes to a call."""
    before = select(Duty.person_id).join(CoverCall, CoverCall.duty_id == Duty.id)
    return list(db.session.scalars(before.where(CoverCall.taken_id == taken.id)))


def open_again(taken: Duty, now: datetime) -> None:
    """A yes was taken back: the calls that ended with it go on, and who had the shift has it again."""
    ended = select(CoverCall).where(CoverCall.taken_id == taken.id).with_for_update()
    for call in db.session.scalars(ended).all():
        call.closed_at = call.outcome = call.taken_id = None
        for ask in call.asks:
            if ask.person_id == taken.person_id:
                ask.answer = ask.answered_at = None
        if call.duty.over_at == taken.created_at and _still_may(call.duty, now):
            stand_again(call.duty)
    db.session.flush()


def stand_again(duty: Duty) -> None:
    """A promise was not given up after all; what was offered for it still is."""
    about = (Swap.duty_id == duty.id) | (Swap.their_duty_id == duty.id)
    db.session.execute(
        update(Swap)
        .where(about, Swap.state == SwapState.OVER, Swap.answered_at == duty.over_at)
        .values(state=SwapState.ASKED, answered_at=None)
    )
    duty.status, duty.over_at = DutyStatus.TAKEN, None
    db.session.flush()


def _still_may(duty: Duty, now: datetime) -> bool:
    """Whether nothing stands in the way of taking up again what somebody else just took over."""
    shift = shift_for(duty, now)
    if shift is None:
        return False
    person = fitness_of_person(duty.person_id, [shift.venue.id], shift.period)
    return not hard(in_the_way(person, shift, duty.part))


def withdraw_calls_of(duty: Duty, now: datetime) -> None:
    """Who dropped a shift does it after all: nobody was asked, as far as we know."""
    call = call_about(duty)
    if call is not None:
        call.asks.clear()
        close(call, Outcome.WITHDRAWN, now)


def end_swaps_of(duty: Duty, now: datetime) -> None:
    """What was offered for a promise that no longer stands is over."""
    about = (Swap.duty_id == duty.id) | (Swap.their_duty_id == duty.id)
    db.session.execute(
        update(Swap)
        .where(about, Swap.state == SwapState.ASKED)
        .values(state=SwapState.OVER, answered_at=now)
    )


def let_learners_go(shift: SeenShift, now: datetime, *, leaves_at: datetime | None = None) -> None:
    """Without their mentor nobody comes along."""
    for learner in shift.learners:
        end(learner, DutyStatus.DROPPED, now)
        duty_letters.taken_off(learner, "mentor", leaves_at=leaves_at)


def _what_ended_it(call: CoverCall, shift: SeenShift | None, now: datetime) -> Outcome | None:
    if shift is None:
        return Outcome.NOT_NEEDED
    if shift.holder is not None and shift.holder.id != call.duty_id:
        return Outcome.COVERED
    return Outcome.TOO_LATE if shift.period.start <= now else None


def _so_far(call: CoverCall) -> SoFar:
    return SoFar(
        asked=frozenset(ask.person_id for ask in call.asks),
        somebody_thinks=any(ask.answer is None for ask in call.asks),
        last_step_at=call.last_step_at,
        is_backup_told=call.backup_told_at is not None,
        is_coordinator_told=call.coordinator_told_at is not None,
    )


def _candidates(call: CoverCall, shift: SeenShift, backup: int | None) -> list[Candidate]:
    """Who may do it and is not away, but for whoever gave it up and the back-up, whose turn comes."""
    found = {}
    for each in fitness_of([call.venue_id], shift.period):
        hindrances = in_the_way(each, shift, Part.HOLDER)
        is_out = hard(hindrances) or Hindrance.AWAY in hindrances
        if not is_out and each.person not in (call.duty.person_id, backup):
            found[each.person] = not hindrances
    asked = last_asked(found)
    return [Candidate(person, asked.get(person), suits) for person, suits in found.items()]


def last_asked(people: Iterable[int]) -> dict[int, datetime]:
    """When each of these people was last asked to take over a shift."""
    question = (
        select(CoverAsk.person_id, func.max(CoverAsk.asked_at))
        .where(CoverAsk.person_id.in_(list(people)))
        .group_by(CoverAsk.person_id)
    )
    return dict(db.session.execute(question).all())


def _ask(
    call: CoverCall,
    people: Sequence[int],
    shift: SeenShift,
    now: datetime,
    *,
    leaves_at: datetime | None,
    is_backup: bool = False,
) -> None:
    is_dropped = call.duty.status not in STANDING
    known = {ask.person_id: ask for ask in call.asks}
    for number in people:
        person = db.session.get_one(Person, number)
        ask = known.get(number) or CoverAsk(person_id=number, person=person)
        ask.asked_at, ask.is_backup, ask.answer = now, is_backup, None
        if number not in known:
            call.asks.append(ask)
        db.session.flush()
        duty_letters.asked(ask, shift, is_dropped=is_dropped, leaves_at=leaves_at)


def _open_calls_near(shift: SeenShift) -> Sequence[CoverCall]:
    remembered = select(DutyBooking.duty_id).where(
        DutyBooking.booking_id.in_(shift.session.bookings)
    )
    return db.session.scalars(
        select(CoverCall)
        .join(Duty, Duty.id == CoverCall.duty_id)
        .where(
            CoverCall.venue_id == shift.venue.id,
            CoverCall.closed_at.is_(None),
            CoverCall.duty_id.in_(remembered),
            Duty.kind == shift.kind,
        )
        .order_by(CoverCall.id)
        .with_for_update(of=CoverCall)
    ).all()
