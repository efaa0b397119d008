"""Writing a proposal down as drafts that only coordinators see, and throwing it away again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.roster.duties.refusals import MayNotDo, ShiftTaken
from buurthuis.roster.duties.steps import (
    draft,
    insist_in_time,
    lock_people,
    make_way,
    write_down_names,
)
from buurthuis.roster.fitness import fitness_of_person, task_of
from buurthuis.roster.gathering import Spot
from buurthuis.roster.models import Chosen, Duty, DutyStatus
from buurthuis.roster.promised import settled_in
from buurthuis.roster.proposing.gather import Gathered, gather, span_of
from buurthuis.roster.proposing.model import Proposal
from buurthuis.roster.reading import SeenShift, is_draft, shift_by_id
from buurthuis.rules.eligibility import Hindrance, hard, hindrances
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Venue

PROPOSED = "roster.proposed"


@dataclass(frozen=True, slots=True)
class Choice:
    """One person on one shift."""

    shift: str
    person: int
    part: Part = Part.HOLDER


@action
def keep(
    venue: Venue, first: date, last: date, proposal: Proposal, *, by: Person | None
) -> list[Duty]:
    """Write a proposal down in place of earlier ones for these days; nobody is told yet.

    What changed since it was made is left out: a shift that somebody took, or a person who cannot
    any more.
    """
    if by is not None:
        demand(by, "roster.manage", venue)
    choices = list(_choices(proposal))
    lock_people(*{choice.person for choice in choices})
    now = clock.now()
    gathered = gather(venue, first, last, now=now)
    _delete(gathered.drafts)
    for house in settled_in([Spot(venue.id, span_of(first, last))], now=now):
        there = house.settled.shift_of.items()
        write_down_names({house.duties[key]: shift for key, shift in there})
    still = _still_possible(gathered, choices)
    made = [
        draft(shift, choice.person, part=choice.part, chosen=Chosen.PROPOSAL, now=now)
        for shift, choice in still
    ]
    db.session.flush()
    note(
        PROPOSED,
        venue,
        by=by,
        venue_id=venue.id,
        first=first.isoformat(),
        last=last.isoformat(),
        shifts=len(made),
        stages=[[each.name, each.cost, each.at_least] for each in proposal.quality.stages],
    )
    return made


@action
def change(venue: Venue, shift_id: str, person: Person | None, *, by: Person) -> list[Hindrance]:
    """Put somebody else on a shift of a proposal, or nobody; gives what does not suit them.

    Raises:
        NotFound: there is no such shift in this house.
        ShiftTaken: somebody was told that it is theirs.
        MayNotDo: something stands in the way that holds for everybody.
        ShiftOver
    """
    demand(by, "roster.manage", venue)
    found = shift_by_id(shift_id, clock.now(), drafts=True)
    before = [] if found is None or found.holder is None else [found.holder.person_id]
    lock_people(*before, *([] if person is None else [person.id]))
    now = clock.now()
    shift = shift_by_id(shift_id, now, drafts=True)
    if shift is None or shift.venue.id != venue.id:
        raise NotFound
    insist_in_time(shift, now)
    if shift.holder is not None and not is_draft(shift.holder):
        raise ShiftTaken
    gone = [duty for duty in (shift.holder, *shift.learners) if duty is not None and is_draft(duty)]
    doubts = [] if person is None else _doubts(person, shift, without={each.id for each in gone})
    _delete(gone)
    if person is not None:
        make_way(shift, now)
        draft(shift, person.id, part=Part.HOLDER, chosen=Chosen.COORDINATOR, now=now)
    db.session.flush()
    who = None if person is None else person.id
    note("roster.proposal_changed", venue, by=by, venue_id=venue.id, shift=shift.id, person=who)
    return doubts


@action
def throw_away(venue: Venue, *, by: Person) -> int:
    """Throw a proposal away before anybody is told; returns how many shifts it had."""
    demand(by, "roster.manage", venue)
    drafts = drafts_of(venue)
    _delete(drafts)
    note("roster.proposal_thrown_away", venue, by=by, venue_id=venue.id, shifts=len(drafts))
    return len(drafts)


def drafts_of(venue: Venue) -> list[Duty]:
    """What is proposed in a house and nobody has been told of, in order of time."""
    asked = select(Duty).where(
        Duty.venue_id == venue.id,
        Duty.status == DutyStatus.PROPOSED,
        Duty.published_at.is_(None),
        Duty.starts_at >= clock.now(),
    )
    asked = asked.options(joinedload(Duty.person)).order_by(Duty.starts_at, Duty.id)
    return list(db.session.scalars(asked))


def _doubts(person: Person, shift: SeenShift, *, without: set[int]) -> list[Hindrance]:
    """What does not suit somebody, their other drafts counted.

    Raises:
        MayNotDo
    """
    fitness = fitness_of_person(person.id, [shift.venue.id], shift.period)
    theirs = [each for each in (*fitness.promised, *fitness.proposed) if each.duty not in without]
    found = hindrances(fitness, task_of(shift), theirs)
    if hard(found):
        raise MayNotDo(hard(found), person.name)
    return found


def _choices(proposal: Proposal) -> Iterable[Choice]:
    for shift, person in proposal.holders.items():
        yield Choice(shift, person)
    for shift, learners in proposal.learning.items():
        for person in learners:
            yield Choice(shift, person, Part.LEARNER)


def _still_possible(
    gathered: Gathered, choices: Iterable[Choice]
) -> Iterable[tuple[SeenShift, Choice]]:
    people = {person.id: person for person in gathered.instance.people}
    holders = {id_: shift.holder.person_id for id_, shift in gathered.taken.items() if shift.holder}
    for choice in choices:
        taker = people.get(choice.person)
        shift = gathered.shifts.get(choice.shift) or gathered.taken.get(choice.shift)
        if taker is None or shift is None:
            continue
        if choice.part is Part.LEARNER:
            mentor = taker.learns.get(shift.venue.id, 0)
            if choice.shift in taker.may_join and holders.get(choice.shift) == mentor:
                yield shift, choice
        elif choice.shift in taker.may:
            holders[choice.shift] = choice.person
            yield shift, choice


def _delete(drafts: Iterable[Duty]) -> None:
    """Drafts leave no trace: nobody ever knew of them."""
    for each in drafts:
        db.session.delete(each)
    db.session.flush()
