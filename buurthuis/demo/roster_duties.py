"""Who does which shift in the demo: most of the coming weeks are taken, some are not, one looks for another."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy import select

from buurthuis.accounts.queries import person_with_address
from buurthuis.demo.roster_people import houses_of_demo
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.imports.demo_people import KEY_HOLDER
from buurthuis.roster.cover.models import CoverAsk, CoverCall
from buurthuis.roster.fitness import fitness_of, task_of
from buurthuis.roster.models import Chosen, Duty, DutyBooking, DutyStatus
from buurthuis.roster.reading import SeenShift, roster_of
from buurthuis.rules.calendar import day_of
from buurthuis.rules.eligibility import Fitness, Task, hard, hindrances
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Venue

BACK, AHEAD = timedelta(weeks=4), timedelta(weeks=3)
TAKEN: Final = 0.8
"""So many of the shifts that somebody can do are taken."""

Busy = dict[int, list[Task]]


@action
def bring_duties(*, seed: int) -> int:
    """Let the key-holders of each demo house promise shifts, where nobody has yet; says how many."""
    now, made = clock.now(), 0
    promised = set(db.session.scalars(select(Duty.venue_id).distinct()))
    span = Period(now - BACK, now + AHEAD)
    busy: Busy = {}
    for venue, _manager in houses_of_demo():
        if venue.id in promised:
            continue
        chance = Random(f"{seed} duties {venue.slug}")  # noqa: S311 - believable, not secret
        duties = list(_duties_of(venue, span, now, busy, chance))
        db.session.add_all(duties)
        db.session.flush()
        _look_for_another(duties, now)
        made += len(duties)
    return made


def _duties_of(
    venue: Venue, span: Period, now: datetime, busy: Busy, chance: Random
) -> Iterator[Duty]:
    """Whom it suits, and who has done least so far; what was before now is done."""
    people = fitness_of([venue.id], span)
    done: Counter[int] = Counter()
    shifts = roster_of([venue.id], span, now).shifts
    tonight = _tonight(shifts, now)
    for shift in shifts:
        is_over = shift.period.end <= now
        if not is_over and shift is not tonight and chance.random() > TAKEN:
            continue
        who = _who_can(people, shift, busy, done)
        if shift is tonight:
            who = _amina(people, shift, busy) or who
        if who is not None:
            done[who.person] += 1
            busy.setdefault(who.person, []).append(task_of(shift))
            yield _duty(shift, who, now, is_over=is_over)


def _tonight(shifts: Sequence[SeenShift], now: datetime) -> SeenShift | None:
    """The last shift of today; who tries the demo as Amina has something to do."""
    today = [each for each in shifts if each.period.end > now]
    return next(
        (each for each in reversed(today) if day_of(each.period.start) == day_of(now)), None
    )


def _amina(people: Sequence[Fitness], shift: SeenShift, busy: Busy) -> Fitness | None:
    """Amina, where nothing but her own times is in the way: who chooses themselves may do more."""
    amina = person_with_address(KEY_HOLDER)
    for each in people:
        if amina is not None and each.person == amina.id:
            in_the_way = hindrances(each, task_of(shift), busy.get(each.person, []))
            return None if hard(in_the_way) else each
    return None


def _who_can(
    people: Sequence[Fitness], shift: SeenShift, busy: Busy, done: Counter[int]
) -> Fitness | None:
    task = task_of(shift)
    able = (each for each in people if not hindrances(each, task, busy.get(each.person, [])))
    return min(able, key=lambda each: (done[each.person], each.person), default=None)


def _duty(shift: SeenShift, who: Fitness, now: datetime, *, is_over: bool) -> Duty:
    promised_at = min(now, shift.period.start) - timedelta(days=6)
    return Duty(
        venue_id=shift.venue.id,
        session_id=shift.session.key,
        kind=shift.kind,
        watch=shift.watch,
        place=shift.place,
        person_id=who.person,
        status=DutyStatus.DONE if is_over else DutyStatus.TAKEN,
        chosen=Chosen.SELF,
        starts_at=shift.period.start,
        ends_at=shift.period.end,
        created_at=promised_at,
        published_at=promised_at,
        bookings=[DutyBooking(booking_id=each) for each in shift.session.bookings],
    )


def _look_for_another(duties: Sequence[Duty], now: datetime) -> None:
    """One of Amina's colleagues would rather not, and she was asked."""
    amina = person_with_address(KEY_HOLDER)
    if amina is None or amina.id not in {duty.person_id for duty in duties}:
        return
    others = (
        duty
        for duty in duties
        if duty.person_id != amina.id and duty.starts_at > now + timedelta(days=1)
    )
    duty = next(others, None)
    if duty is not None:
        call = CoverCall(
            venue_id=duty.venue_id,
            duty_id=duty.id,
            opened_at=now,
            opened_by_id=duty.person_id,
            last_step_at=now,
            asks=[CoverAsk(person_id=amina.id, asked_at=now)],
        )
        db.session.add(call)
