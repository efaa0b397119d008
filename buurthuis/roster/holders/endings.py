"""Promises that somebody can no longer keep: without key, role or training their shifts are open again.

All of it happens inside the action that takes the key, role or training away. Whoever looks for
somebody else is told in the same transaction, through `when_freed`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import delete, select, update

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import people_with_role
from buurthuis.accounts.roles import when_role_ends
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.fitness import fitness_of_person, is_untold, task_of_duty
from buurthuis.roster.holders import letters as holder_letters
from buurthuis.roster.holders.models import OtherDays, RosterWish, Training, WeeklyTime
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.roster.models import STANDING, Duty, DutyStatus
from buurthuis.roster.rights import COORDINATES
from buurthuis.rules.eligibility import Hindrance, hindrances
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Venue

SOON_OVER: Final = timedelta(hours=1)


class Because(StrEnum):
    """Why somebody no longer does their shifts."""

    KEY_LOST = "key_lost"
    KEY_BACK = "key_back"
    NO_ROLE = "no_role"
    STOPPED = "stopped"


LOOKED_AT: Final = {
    Because.KEY_LOST: frozenset({Hindrance.NO_KEY}),
    Because.KEY_BACK: frozenset({Hindrance.NO_KEY}),
    Because.NO_ROLE: frozenset({Hindrance.NO_ROLE}),
    Because.STOPPED: frozenset({Hindrance.STOPPED, Hindrance.NOT_TRAINED}),
}
"""What each of them takes away; a hindrance that was there before frees nothing now."""


@dataclass(frozen=True, slots=True)
class Freed:
    """Promises of one person in one house that stand no longer; those that nobody was told of left out."""

    person: Person
    venue: Venue
    duties: Sequence[Duty]
    because: Because


_followers: list[Callable[[Freed], None]] = []


def when_freed(step: Callable[[Freed], None]) -> Callable[[Freed], None]:
    """Let a step follow in the same transaction wherever shifts are open again: to find somebody else."""
    _followers.append(step)
    return step


@when_role_ends
def without_role(person: Person, venue: Venue, by: Person | None) -> None:
    """Whoever has no role in a house any more, or soon, does no shifts there after it."""
    lock_person(person.id)
    free(person, venue, Because.NO_ROLE, by=by)


def lock_person(person_id: int) -> None:
    """Let nobody take or give shifts of this person until the action is done; before any lock of keys."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def would_free(
    person: Person, venue: Venue, lost: Collection[Hindrance], *, now: datetime
) -> list[Duty]:
    """Coming promises of somebody in a house that one of these hindrances forbids now."""
    duties = coming(person.id, venue.id, now=now)
    if not duties:
        return []
    span = Period(now, max(duty.ends_at for duty in duties) + SOON_OVER)
    fitness = fitness_of_person(person.id, [venue.id], span)
    return [each for each in duties if set(lost) & set(hindrances(fitness, task_of_duty(each), []))]


def would_lack_key(person: Person, venue: Venue, *, now: datetime) -> list[Duty]:
    """Coming promises in a house that need a key, for whoever looks before the last key goes."""
    span = Period(now, now + SOON_OVER)
    fitness = fitness_of_person(person.id, [venue.id], span)
    house = replace(fitness.in_house(venue.id), has_key=False)
    keyless = replace(fitness, houses={venue.id: house})
    return [
        each
        for each in coming(person.id, venue.id, now=now)
        if Hindrance.NO_KEY in hindrances(keyless, task_of_duty(each), [])
    ]


def coming(person_id: int, venue_id: int, *, now: datetime) -> Sequence[Duty]:
    """What somebody promised in a house that has not begun."""
    return db.session.scalars(
        select(Duty)
        .where(
            Duty.person_id == person_id,
            Duty.venue_id == venue_id,
            Duty.status.in_(STANDING),
            Duty.starts_at > now,
        )
        .order_by(Duty.starts_at, Duty.id)
    ).all()


def free(person: Person, venue: Venue, because: Because, *, by: Person | None) -> list[Duty]:
    """Let go of what somebody can no longer do in a house, and tell them and the coordinators.

    Inside the action of the caller, after the key, role or training has gone.
    """
    now = clock.now()
    db.session.flush()
    duties = would_free(person, venue, LOOKED_AT[because], now=now)
    told = [duty for duty in duties if not is_untold(duty)]
    for duty in duties:
        duty.status, duty.over_at = DutyStatus.DROPPED, now
        note("duty.freed", duty, by=by, venue_id=venue.id, person=person.id, because=because)
    db.session.flush()
    if told:
        freed = Freed(person, venue, told, because)
        coordinators = people_with_role(venue, *COORDINATES)
        holder_letters.let_go(person, venue, told, because)
        holder_letters.open_again(coordinators, person, venue, told, because)
        for step in _followers:
            step(freed)
    return told


def forget_offers(person: Person) -> None:
    """Whoever leaves offers nothing any more, is nobody's mentor, and their signatures go.

    Inside the action of the caller. That they knew a house, and had which key when, stays.
    """
    for table in (WeeklyTime, OtherDays, RosterWish):
        db.session.execute(delete(table).where(table.person_id == person.id))
    is_mentor = Training.mentor_id == person.id
    db.session.execute(update(Training).where(is_mentor).values(mentor_id=None))
    db.session.execute(
        update(KeyIssue)
        .where(KeyIssue.person_id == person.id)
        .values(signed_name="", returned_name="")
    )
