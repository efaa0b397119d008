"""What somebody finds on their list of shifts: their own, what they are asked, and what they may take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import ALONE
from buurthuis.foundation.db import db
from buurthuis.roster.cover.models import CoverCall, Swap, SwapState
from buurthuis.roster.duties.steps import in_the_way, shift_among
from buurthuis.roster.duties.undoing import that_can_be_undone
from buurthuis.roster.fitness import OPENS, fitness_of, fitness_of_person
from buurthuis.roster.models import STANDING, Duty, DutyStatus
from buurthuis.roster.reading import STAYS_VISIBLE, SeenShift, is_draft, roster_of
from buurthuis.rules import told
from buurthuis.rules.eligibility import Fitness, Hindrance, hard
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Venue

WEEKS_AHEAD: Final = timedelta(weeks=4)
UNTIL_THE_HOUSE_HELPS: Final = {Hindrance.NOT_TRAINED, Hindrance.STOPPED, Hindrance.NO_KEY}


@dataclass(frozen=True, slots=True)
class Promised:
    """One's own promise, the shift for which it is now, and whether somebody else is looked for."""

    duty: Duty
    shift: SeenShift | None
    is_offered: bool = False

    @property
    def period(self) -> Period:
        """When it is."""
        if self.shift is not None:
            return self.shift.period
        return Period(self.duty.starts_at, self.duty.ends_at)


@dataclass(frozen=True, slots=True)
class Free:
    """A shift that one may take; `doubts` is why it may not suit."""

    shift: SeenShift
    doubts: Sequence[Hindrance] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A call for cover, and the shift that it is about."""

    call: CoverCall
    shift: SeenShift


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything on the list."""

    fresh: list[Duty] = field(default_factory=list)
    promised: list[Promised] = field(default_factory=list)
    not_needed: list[Duty] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    looked_for: list[Asked] = field(default_factory=list)
    swaps: Sequence[Swap] = ()
    free: list[Free] = field(default_factory=list)
    to_back_up: list[Free] = field(default_factory=list)
    to_learn: list[Free] = field(default_factory=list)
    kept_from: list[tuple[Venue, Hindrance]] = field(default_factory=list)


def mine_of(person: Person, now: datetime) -> Mine:
    """The list of one person, in the same number of statements whatever is on it."""
    houses = houses_opened_by(person)
    duties = _duties_of(person, now)
    span = Period(now, now + WEEKS_AHEAD)
    shifts = roster_of({*houses, *(duty.venue_id for duty in duties)}, span, now).shifts
    fitness = fitness_of_person(person.id, houses, span)
    calls = _open_calls(houses)
    offered = {call.duty_id for call in calls}
    ahead = [each for each in shifts if each.period.start > now]
    asked, looked_for = _calls_for(person, fitness, calls, ahead)
    here = {each.shift.id for each in (*asked, *looked_for)}
    free, to_back_up, to_learn = _to_take(fitness, ahead)
    return Mine(
        fresh=that_can_be_undone(duties, person, now),
        promised=[
            Promised(duty, _shift_of(duty, shifts), duty.id in offered)
            for duty in duties
            if duty.status in STANDING and not is_draft(duty)
        ],
        not_needed=[duty for duty in duties if duty.status is DutyStatus.NOT_NEEDED],
        asked=asked,
        looked_for=looked_for,
        swaps=_swaps_for(person, now),
        free=[each for each in free if each.shift.id not in here],
        to_back_up=to_back_up,
        to_learn=to_learn,
        kept_from=_kept_from(fitness, ahead),
    )


def _to_take(
    fitness: Fitness, ahead: Sequence[SeenShift]
) -> tuple[list[Free], list[Free], list[Free]]:
    """What somebody may do, stand by for, or come along with to learn."""
    return (
        [each for each in _free(fitness, ahead, Part.HOLDER) if each.shift.holder is None],
        [
            each
            for each in _free(fitness, ahead, Part.BACKUP)
            if each.shift.holder is not None and each.shift.backup is None
        ],
        [
            each
            for each in _free(fitness, ahead, Part.LEARNER)
            if fitness.in_house(each.shift.venue.id).is_learner and not each.shift.learners
        ],
    )


def _kept_from(fitness: Fitness, ahead: Sequence[SeenShift]) -> list[tuple[Venue, Hindrance]]:
    """What keeps somebody from every open shift of a house until the house does something, each once."""
    found = {
        (shift.venue, why): None
        for shift in ahead
        if shift.holder is None and not fitness.in_house(shift.venue.id).is_learner
        for why in in_the_way(fitness, shift, Part.HOLDER)
        if why in UNTIL_THE_HOUSE_HELPS
    }
    return list(found)


def houses_opened_by(person: Person) -> set[int]:
    """The houses in which somebody may have shifts."""
    return {role.venue_id for role in person.roles if role.venue_id and role.name in OPENS}


def what_may_be_swapped(
    duty: Duty, now: datetime
) -> tuple[list[tuple[Fitness, list[Hindrance]]], list[tuple[Fitness, SeenShift]]]:
    """Who may stand in for a promise, first whom it suits, and whose shifts may be swapped for it."""
    person, span = duty.person, Period(now, now + WEEKS_AHEAD)
    houses = {*houses_opened_by(person), duty.venue_id}
    shifts = [
        each
        for each in roster_of(houses, span, now).shifts
        if each.period.start > now and each.holder is not None and not is_draft(each.holder)
    ]
    mine = _shift_of(duty, shifts)
    people = {each.person: each for each in fitness_of(houses, span)}
    me = people.get(person.id)
    if mine is None or me is None:
        return [], []
    others = [each for each in people.values() if each.person != me.person]
    asked = [(each, in_the_way(each, mine, Part.HOLDER)) for each in others]
    stand_ins = [(each, doubts) for each, doubts in asked if not hard(doubts)]
    stand_ins.sort(key=lambda both: (len(both[1]), both[0].name))
    swaps = []
    for shift in shifts:
        theirs = shift.holder
        them = None if theirs is None else people.get(theirs.person_id)
        if theirs is None or them is None or them is me or theirs.starts_at <= now:
            continue
        they_may = not hard(in_the_way(them, mine, Part.HOLDER, without=[theirs.id]))
        if they_may and not hard(in_the_way(me, shift, Part.HOLDER, without=[duty.id])):
            swaps.append((them, shift))
    return stand_ins, swaps


def _duties_of(person: Person, now: datetime) -> Sequence[Duty]:
    """What stands, what was just dropped, and what was freed in the last day before it."""
    is_freed = Duty.status == DutyStatus.NOT_NEEDED
    question = (
        select(Duty)
        .where(
            Duty.person_id == person.id,
            or_(
                (Duty.status.in_(STANDING) | is_freed) & (Duty.ends_at > now),
                (Duty.status == DutyStatus.DROPPED) & (Duty.over_at > now - told.SECOND_THOUGHTS),
            ),
        )
        .options(joinedload(Duty.venue), selectinload(Duty.bookings))
        .order_by(Duty.starts_at, Duty.id)
    )
    return [each for each in db.session.scalars(question) if _is_shown(each)]


def _is_shown(duty: Duty) -> bool:
    if duty.status is not DutyStatus.NOT_NEEDED or duty.over_at is None:
        return True
    return duty.over_at >= duty.starts_at - STAYS_VISIBLE and duty.published_at is not None


def _shift_of(duty: Duty, shifts: Iterable[SeenShift]) -> SeenShift | None:
    for shift in shifts:
        if any(each and each.id == duty.id for each in _people_of(shift)):
            return shift
    return None


def _people_of(shift: SeenShift) -> tuple[Duty | None, ...]:
    return (shift.holder, shift.backup, *shift.learners)


def _open_calls(houses: Iterable[int]) -> Sequence[CoverCall]:
    question = (
        select(CoverCall)
        .where(CoverCall.venue_id.in_(houses), CoverCall.closed_at.is_(None))
        .options(
            joinedload(CoverCall.duty).options(
                selectinload(Duty.bookings), joinedload(Duty.person).options(*ALONE)
            ),
            selectinload(CoverCall.asks),
        )
        .order_by(CoverCall.id)
    )
    return db.session.scalars(question).all()


def _calls_for(
    person: Person, fitness: Fitness, calls: Iterable[CoverCall], shifts: Sequence[SeenShift]
) -> tuple[list[Asked], list[Asked]]:
    """The calls for which this person was asked and still thinks, and others that they may answer."""
    asked, others = [], []
    for call in calls:
        shift = shift_among(shifts, call.duty)
        if shift is None or call.duty.person_id == person.id:
            continue
        if shift.holder is not None and shift.holder.id != call.duty_id:
            continue
        backup = shift.backup
        own = [backup.id] if backup is not None and backup.person_id == person.id else []
        if hard(in_the_way(fitness, shift, Part.HOLDER, without=own)):
            continue
        mine = [ask for ask in call.asks if ask.person_id == person.id]
        if any(ask.answer is None for ask in mine):
            asked.append(Asked(call, shift))
        elif not mine and shift.holder is not None:
            others.append(Asked(call, shift))
    return asked, others


def _free(fitness: Fitness, shifts: Iterable[SeenShift], part: Part) -> list[Free]:
    found = ((shift, in_the_way(fitness, shift, part)) for shift in shifts)
    return [Free(shift, doubts) for shift, doubts in found if not hard(doubts)]


def swaps_of(duty: Duty) -> Sequence[Swap]:
    """Whom its holder asked by name for a promise, as long as there is no answer."""
    asked = select(Swap).where(Swap.duty_id == duty.id, Swap.state == SwapState.ASKED)
    return db.session.scalars(asked.options(joinedload(Swap.to)).order_by(Swap.id)).all()


def _swaps_for(person: Person, now: datetime) -> Sequence[Swap]:
    """What others offer this person, and what this person offered."""
    mine = select(Duty.id).where(Duty.person_id == person.id, Duty.status.in_(STANDING))
    question = (
        select(Swap)
        .join(Duty, Duty.id == Swap.duty_id)
        .where(
            Swap.state == SwapState.ASKED,
            Duty.starts_at > now,
            or_(Swap.to_id == person.id, Swap.duty_id.in_(mine)),
        )
        .options(
            joinedload(Swap.duty).options(joinedload(Duty.person), joinedload(Duty.venue)),
            joinedload(Swap.their_duty).joinedload(Duty.venue),
            joinedload(Swap.to),
        )
        .order_by(Swap.id)
    )
    return db.session.scalars(question).all()
