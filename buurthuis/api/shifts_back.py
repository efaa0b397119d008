"""Calls that take back what was done with a shift: a tap, looking for another, a question by name."""

from buurthuis.api.answers import Answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.shifts import asked_shift
from buurthuis.api.shifts_changing import REFUSALS, asked_swap, duty_of, now_is, swap_answer
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.roster.cover import actions as cover
from buurthuis.roster.cover.models import Swap
from buurthuis.roster.duties.refusals import TooLateToUndo
from buurthuis.roster.duties.undoing import tapped_on, undo
from buurthuis.roster.reading import SeenShift
from buurthuis.roster.swaps import actions as swaps


@blueprint.post("/shifts/<shift_id>/undo")
@needs("shift.see", asked_shift)
@described(
    Call(
        "Take back within two minutes what I did with a shift: took it, or gave it up.",
        "Shift",
        refusals=REFUSALS,
    )
)
def undo_shift(found: SeenShift) -> Answer:
    """All is as it was, and no letter leaves."""
    duty = tapped_on(found, visitor(), clock.now())
    if duty is None:
        raise TooLateToUndo
    return now_is(undo(duty.id, by=visitor()), found)


@blueprint.post("/shifts/<shift_id>/cover/stop")
@needs("shift.see", asked_shift)
@described(
    Call("Do it after all: nobody else is asked any more.", "Shift", refusals=REFUSALS),
)
def stop_covering_shift(found: SeenShift) -> Answer:
    """Twice changes nothing."""
    return now_is(cover.stop_looking(duty_of(found, visitor()).id, by=visitor()))


@blueprint.post("/swaps/<swap_id>/withdraw")
@needs("swap.see", asked_swap)
@described(
    Call("No longer ask: everything stays as it is.", "Swap", refusals=REFUSALS),
)
def withdraw_swap(found: Swap) -> Answer:
    """Only whoever asked."""
    return swap_answer(swaps.withdraw(found.id, by=visitor()))
