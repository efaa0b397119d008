"""Planning anew after somebody dropped out: the open shifts are done, and as few others as possible move."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.logbook import note
from buurthuis.roster.cover.steps import end_swaps_of
from buurthuis.roster.duties import letters as duty_letters
from buurthuis.roster.duties.actions import put
from buurthuis.roster.duties.steps import end, lock_duty, lock_people, seen
from buurthuis.roster.models import Chosen, Duty, DutyStatus
from buurthuis.roster.proposing.gather import Gathered
from buurthuis.roster.proposing.model import Proposal
from buurthuis.roster.reading import SeenShift, is_draft
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Venue


class PlanChanged(Refusal):
    """The roster changed since the plan was shown."""

    code = "plan-changed"
    status = 409


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody gets a shift that nobody had, or that somebody gives up.

    Without a person it stays open: who had it is needed more elsewhere.
    """

    shift: SeenShift
    before: Duty | None
    person: int | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What changes by planning anew, in order of time."""

    steps: Sequence[Step]

    @property
    def moved(self) -> int:
        """How many people lose a shift that they had."""
        return len({step.before.person_id for step in self.steps if step.before is not None})

    @property
    def fingerprint(self) -> str:
        """The same for the same plan."""
        told = [(step.shift.id, step.before and step.before.id, step.person) for step in self.steps]
        return sha256(repr(told).encode()).hexdigest()[:16]


def plan_of(gathered: Gathered, proposal: Proposal) -> Plan:
    """What a proposal changes in what people were told."""
    may = {person.id: person.may for person in gathered.instance.people}
    steps = []
    for id_, shift in gathered.shifts.items():
        holder, person = shift.holder, proposal.holders.get(id_)
        before = None if holder is None or is_draft(holder) else holder
        had = None if before is None else before.person_id
        if person is not None and person != had:
            steps.append(Step(shift, before, person, gathered.names[person]))
        elif person is None and had is not None and id_ in may.get(had, ()):
            steps.append(Step(shift, before, None))
    return Plan(sorted(steps, key=lambda step: (step.shift.period, step.shift.id)))


@action
def carry_out(venue: Venue, plan: Plan, *, by: Person) -> None:
    """Take and give the shifts of a plan, and tell everybody whom it is about.

    Raises:
        PlanChanged: somebody has another shift by now than the plan says.
        MayNotDo, ShiftTaken, ShiftOver, NotFound: somebody cannot do theirs any more.
    """
    demand(by, "roster.manage", venue)
    before = [step.before.person_id for step in plan.steps if step.before is not None]
    lock_people(*before, *(step.person for step in plan.steps if step.person is not None))
    now = clock.now()
    for step in plan.steps:
        if step.before is None:
            continue
        duty = lock_duty(step.before.id)
        if duty.status is not DutyStatus.TAKEN:
            raise PlanChanged
        end(duty, DutyStatus.DROPPED, now)
        end_swaps_of(duty, now)
        duty_letters.taken_off(duty, "coordinator", by=by)
    for step in plan.steps:
        if step.person is None:
            continue
        shift, person = seen(step.shift.id, now), db.session.get_one(Person, step.person)
        duty = put(shift, person, part=Part.HOLDER, chosen=Chosen.PROPOSAL, by=by, now=now)
        duty_letters.given(duty, by=by)
    note(
        "roster.planned_anew",
        venue,
        by=by,
        venue_id=venue.id,
        shifts=len(plan.steps),
        moved=plan.moved,
    )
