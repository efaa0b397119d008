"""The verbs of swapping: offer a shift to somebody by name, alone or for one of theirs, and answer."""

from datetime import datetime

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.foundation.rows import row_of
from buurthuis.roster.cover import steps as cover_steps
from buurthuis.roster.cover.models import Outcome, Swap, SwapState
from buurthuis.roster.duties import letters as duty_letters
from buurthuis.roster.duties.refusals import ShiftOver, SwapOver
from buurthuis.roster.duties.steps import (
    end,
    insist_it_stands,
    insist_may_do,
    lock_duty,
    lock_people,
    promise,
    shift_for,
)
from buurthuis.roster.models import STANDING, Chosen, Duty, DutyStatus
from buurthuis.roster.promised import duty_by_id
from buurthuis.roster.reading import SeenShift, is_draft
from buurthuis.rules.shifts import Part


@action
def offer(duty_id: int, to: Person, *, by: Person, for_duty: int | None = None) -> Swap:
    """Ask somebody to stand in for a shift of mine, or to swap it for a shift of theirs.

    Nothing changes until they say yes.

    Raises:
        NotFound, NotYours, ShiftOver, SwapOver, AskedAlready
        MayNotDo: one of the two may not do the shift that they would get.
    """
    lock_people(by.id, to.id)
    duty = lock_duty(duty_by_id(duty_id).id)
    demand(by, "duty.offer", duty)
    theirs = None if for_duty is None else lock_duty(duty_by_id(for_duty).id)
    if duty.part is not Part.HOLDER or to.id == by.id or to.left_at is not None:
        raise NotFound
    demand(to, "roster.see", duty.venue)  # Others stay unknown, also by their number.
    insist_it_stands(duty)
    now = clock.now()
    _insist_both_may(duty, to, theirs, now)
    swap = Swap(duty_id=duty.id, duty=duty, to_id=to.id, to=to, asked_at=now)
    swap.their_duty = theirs
    swap.state = SwapState.ASKED
    db.session.add(swap)
    db.session.flush()
    _write_down("swap.asked", swap, by)
    duty_letters.swap_asked(swap)
    return swap


@action
def say_yes(swap_id: int, *, by: Person) -> Swap:
    """Agree: both shifts change hands at once, after everything is looked at again. Twice is harmless.

    Raises:
        NotFound, SwapOver, ShiftOver, MayNotDo
    """
    swap, duty, theirs = _locked(swap_id, by)
    if swap.state is SwapState.AGREED:
        return swap
    if swap.state is not SwapState.ASKED:
        raise SwapOver
    now = clock.now()
    mine, other = _insist_both_may(duty, by, theirs, now)
    asker = duty.person
    for each in (duty, theirs):
        if each is not None:
            end(each, DutyStatus.DROPPED, now)
    swap.state, swap.answered_at = SwapState.AGREED, now
    taken = promise(mine, by, part=Part.HOLDER, chosen=Chosen.SWAP, now=now)
    if other is not None:
        promise(other, asker, part=Part.HOLDER, chosen=Chosen.SWAP, now=now)
    for each in (duty, theirs):
        if each is not None:
            cover_steps.end_swaps_of(each, now)
            _stop_calls(each, taken, now)
    _write_down("swap.agreed", swap, by)
    duty_letters.swap_answered(swap, is_yes=True)
    return swap


@action
def say_no(swap_id: int, *, by: Person) -> Swap:
    """Everything stays as it is; whoever asked hears it. Twice changes nothing.

    Raises:
        NotFound, SwapOver
    """
    swap, _duty, _theirs = _locked(swap_id, by)
    if swap.state is SwapState.REFUSED:
        return swap
    if swap.state is not SwapState.ASKED:
        raise SwapOver
    swap.state, swap.answered_at = SwapState.REFUSED, clock.now()
    duty_letters.swap_answered(swap, is_yes=False)
    return swap


@action
def withdraw(swap_id: int, *, by: Person) -> Swap:
    """Whoever asked no longer does. Twice changes nothing.

    Raises:
        NotFound, SwapOver
    """
    swap = swap_by_id(swap_id)
    lock_people(swap.to_id, swap.duty.person_id)
    swap = _lock_swap(swap_id)
    if swap.duty.person_id != by.id:
        raise NotFound
    if swap.state is SwapState.AGREED:
        raise SwapOver
    if swap.state is SwapState.ASKED:
        swap.state, swap.answered_at = SwapState.WITHDRAWN, clock.now()
    return swap


def swap_by_id(swap_id: int) -> Swap:
    """A shift that was offered to somebody.

    Raises:
        NotFound
    """
    return row_of(Swap, swap_id)


def _locked(swap_id: int, by: Person) -> tuple[Swap, Duty, Duty | None]:
    """The swap and its promises, with both people locked; only whoever was asked answers."""
    swap = swap_by_id(swap_id)
    lock_people(swap.to_id, swap.duty.person_id)
    swap = _lock_swap(swap_id)
    if swap.to_id != by.id:
        raise NotFound
    duty = lock_duty(swap.duty_id)
    return swap, duty, None if swap.their_duty_id is None else lock_duty(swap.their_duty_id)


def _lock_swap(swap_id: int) -> Swap:
    return db.session.get_one(Swap, swap_id, with_for_update={"of": Swap}, populate_existing=True)


def _insist_both_may(
    duty: Duty, to: Person, theirs: Duty | None, now: datetime
) -> tuple[SeenShift, SeenShift | None]:
    """Both promises stand, lie ahead, and each may do what they would get.

    Raises:
        SwapOver, ShiftOver, MayNotDo
    """
    gone = [] if theirs is None else [theirs.id]
    mine = _shift_of(duty, now)
    insist_may_do(to, mine, Part.HOLDER, without=[*gone, *_backup(mine, to)], name=to.name)
    if theirs is None:
        return mine, None
    if theirs.person_id != to.id or theirs.part is not Part.HOLDER:
        raise SwapOver
    other, asker = _shift_of(theirs, now), duty.person
    without = [duty.id, *_backup(other, asker)]
    insist_may_do(asker, other, Part.HOLDER, without=without, name=asker.name)
    return mine, other


def _shift_of(duty: Duty, now: datetime) -> SeenShift:
    if duty.status not in STANDING or is_draft(duty):
        raise SwapOver
    shift = shift_for(duty, now)
    if shift is None or shift.holder is None or shift.holder.id != duty.id:
        raise SwapOver
    if shift.period.start <= now:
        raise ShiftOver
    return shift


def _backup(shift: SeenShift, person: Person) -> list[int]:
    backup = shift.backup
    return [backup.id] if backup is not None and backup.person_id == person.id else []


def _stop_calls(duty: Duty, taken: Duty, now: datetime) -> None:
    call = cover_steps.call_about(duty)
    if call is not None:
        cover_steps.close(call, Outcome.COVERED, now, taken)


def _write_down(verb: str, swap: Swap, by: Person) -> None:
    told = {
        "person": swap.duty.person_id,
        "to": swap.to_id,
        "is_for_another": bool(swap.their_duty_id),
    }
    note(verb, swap.duty, by=by, venue_id=swap.duty.venue_id, **told)
