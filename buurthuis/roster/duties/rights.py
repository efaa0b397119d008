"""Who may look at, drop and answer about shifts: whoever promised them, was asked, or plans the house."""

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import has_role
from buurthuis.foundation.access import rule
from buurthuis.roster.cover.models import CoverCall, RosterCall, Swap
from buurthuis.roster.models import Duty
from buurthuis.roster.reading import SeenShift
from buurthuis.roster.rights import ON_THE_ROSTER, manages_roster, sees_roster


@rule("shifts.mine")
def has_shifts(person: Person | None, _nothing: object) -> bool:
    """Whoever opens, closes, hosts or plans somewhere has a page for it."""
    return person is not None and has_role(person, *ON_THE_ROSTER)


@rule("duty.see")
@rule("duty.drop")
def may_drop(person: Person | None, duty: Duty) -> bool:
    """Whoever promised it, and whoever plans the house."""
    if person is None:
        return False
    return duty.person_id == person.id or manages_roster(person, duty.venue)


@rule("duty.offer")
def may_offer(person: Person | None, duty: Duty) -> bool:
    """Only one's own shift is offered to others."""
    return person is not None and duty.person_id == person.id


@rule("cover.see")
def may_answer(person: Person | None, call: CoverCall) -> bool:
    """Whoever sees the roster of the house; what they may take is asked again when they say yes."""
    return sees_roster(person, call.venue)


@rule("swap.see")
def sees_swap(person: Person | None, swap: Swap) -> bool:
    """The two whom it is about."""
    return person is not None and person.id in (swap.to_id, swap.duty.person_id)


@rule("shift.see")
def sees_shift(person: Person | None, shift: SeenShift) -> bool:
    """Whoever sees the roster of its house."""
    return sees_roster(person, shift.venue)


@rule("shift.give")
def may_give(person: Person | None, shift: SeenShift) -> bool:
    """Whoever plans its house."""
    return manages_roster(person, shift.venue)


@rule("roster_call.made")
def may_call(person: Person | None, call: RosterCall) -> bool:
    """Whoever plans the house calls its key-holders."""
    return manages_roster(person, call.duty.venue)
