"""Where somebody can keep promises no longer, because a key, a role or a training went: find others."""

from buurthuis.foundation import clock
from buurthuis.roster.cover import steps as cover_steps
from buurthuis.roster.duties.steps import shift_for
from buurthuis.roster.holders.endings import Freed, when_freed
from buurthuis.rules.shifts import Part


@when_freed
def look_for_others(freed: Freed) -> None:
    """Ask others for each of these shifts, in the transaction that freed them."""
    now = clock.now()
    for duty in freed.duties:
        cover_steps.end_swaps_of(duty, now)
        shift = shift_for(duty, now)
        if duty.part is Part.HOLDER and shift is not None:
            cover_steps.let_learners_go(shift, now)
            cover_steps.open_call(duty, by=None, now=now)
