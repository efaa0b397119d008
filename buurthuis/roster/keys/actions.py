"""The verbs of the key register: give a key out, take it back, lost and found, gone for good.

Whoever counts the keys that are out locks the lock first; a person whose shifts may go is locked
before that.
"""

from dataclasses import dataclass
from datetime import date

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import people_with_role
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.foundation.rows import row_of
from buurthuis.roster.holders.endings import Because, free, lock_person
from buurthuis.roster.keys import groups as key_groups
from buurthuis.roster.keys import letters as key_letters
from buurthuis.roster.keys.models import KeyIssue, KeyState, Lock, PhysicalKey
from buurthuis.roster.keys.queries import count_out, groups_for_keys, issue_out, people_for_keys
from buurthuis.roster.keys.refusals import (
    KeyNotHere,
    KeyNotLost,
    KeyNotOut,
    MostKeysOut,
    NoKeyForThem,
)
from buurthuis.roster.models import Duty
from buurthuis.roster.rights import COORDINATES
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Handing:
    """Who gets a key, a person or a group, and how they sign for it."""

    signed_name: str
    person: Person | None = None
    group: Initiative | None = None
    due_on: date | None = None
    deposit_cents: int = 0
    opens_itself: bool = False


@action
def give_out(key_id: int, handing: Handing, *, by: Person) -> KeyIssue:
    """Give a key to somebody who signs for it; sending it twice gives it once.

    Raises:
        NotFound, NotAllowed
        KeyNotHere: the key is out, lost or gone.
        MostKeysOut: no other key to this lock may be out.
        NoKeyForThem: the person has no role in the house, or the group does not book there.
    """
    key, now = _locked_key(key_id, by), clock.now()
    earlier = issue_out(key)
    if earlier is not None and _is_same(earlier, handing):
        return earlier
    if key.state != KeyState.IN_HOUSE:
        raise KeyNotHere
    lock = key.lock
    if lock.most_issued is not None and count_out(lock) >= lock.most_issued:
        raise MostKeysOut(lock=lock.name, most=lock.most_issued)
    _insist_on_ties(lock.venue, handing)
    issue = KeyIssue(
        key=key,
        person_id=handing.person and handing.person.id,
        initiative_id=handing.group and handing.group.id,
        issued_at=now,
        issued_by_id=by.id,
        signed_name=handing.signed_name,
        due_on=handing.due_on,
        deposit_cents=handing.deposit_cents,
    )
    key.state = KeyState.ISSUED
    db.session.add(issue)
    db.session.flush()
    _note("key.given_out", issue, by, deposit=handing.deposit_cents)
    if handing.group is not None and handing.opens_itself and lock.is_entrance:
        key_groups.opens_itself(issue, by=by, now=now)
    return issue


@action
def take_back(key_id: int, signed_name: str, *, by: Person) -> tuple[KeyIssue, list[Duty]]:
    """Take a key back; whoever has no other to an entrance then, no longer has shifts that need one.

    Raises:
        NotFound, NotAllowed
        KeyNotOut: nobody has it.
    """
    issue = _locked_issue(key_id, by)
    issue.returned_at, issue.received_by_id = clock.now(), by.id
    issue.returned_name, issue.key.state = signed_name, KeyState.IN_HOUSE
    db.session.flush()
    _note("key.taken_back", issue, by, deposit=issue.deposit_cents)
    return issue, _without_key(issue, Because.KEY_BACK, by)


@action
def tell_lost(key_id: int, *, by: Person) -> tuple[KeyIssue, list[Duty]]:
    """Write down that a key is lost, by the house or by whoever had it.

    In the same transaction whoever had it may no longer open with it, their coming shifts that
    need a key are open again, and everybody hears: they, the coordinators, and whoever steps in.

    Raises:
        NotFound, NotAllowed
        KeyNotOut: nobody has it.
    """
    issue = _locked_issue(key_id, by, verb="key.lose")
    venue = issue.key.lock.venue
    issue.lost_at, issue.lost_told_by_id = clock.now(), by.id
    issue.key.state = KeyState.LOST
    db.session.flush()
    _note("key.lost", issue, by)
    key_letters.lost(issue, people_with_role(venue, *COORDINATES), told_by=by)
    return issue, _without_key(issue, Because.KEY_LOST, by)


@action
def found_again(key_id: int, *, by: Person) -> PhysicalKey:
    """A lost key hangs in the house again; who may have it now is for the house to say.

    Raises:
        NotFound, NotAllowed
        KeyNotLost
    """
    key = _locked_key(key_id, by)
    if key.state != KeyState.LOST:
        raise KeyNotLost
    key.state = KeyState.IN_HOUSE
    db.session.flush()
    note("key.found", key, by=by, venue_id=key.lock.venue_id)
    return key


@action
def strike_out(key_id: int, *, by: Person) -> PhysicalKey:
    """A key is gone for good: broken, or its lock was replaced. What was signed for it is kept.

    Raises:
        NotFound, NotAllowed
        KeyNotHere: somebody has it, or it is gone already.
    """
    key = _locked_key(key_id, by)
    if key.state not in {KeyState.IN_HOUSE, KeyState.LOST}:
        raise KeyNotHere
    key.state = KeyState.GONE
    db.session.flush()
    note("key.gone", key, by=by, venue_id=key.lock.venue_id)
    return key


def _without_key(issue: KeyIssue, because: Because, by: Person) -> list[Duty]:
    """What follows when somebody, or a group, no longer has a key to an entrance."""
    lock = issue.key.lock
    if not lock.is_entrance:
        return []
    key_groups.no_longer(issue, by=by, now=clock.now())
    return [] if issue.person is None else free(issue.person, lock.venue, because, by=by)


def _insist_on_ties(venue: Venue, handing: Handing) -> None:
    """A key goes to somebody the house knows."""
    person, group, now = handing.person, handing.group, clock.now()
    people = people_for_keys(venue, today=day_of(now)) if person is not None else ()
    groups = groups_for_keys(venue, now=now) if group is not None else ()
    if person not in people and group not in groups:
        raise NoKeyForThem


def _is_same(issue: KeyIssue, handing: Handing) -> bool:
    person, group = handing.person, handing.group
    return issue.person_id == (person and person.id) and issue.initiative_id == (group and group.id)


def _locked_key(key_id: int, by: Person, verb: str = "key.manage") -> PhysicalKey:
    """A key as it is once its lock is ours."""
    key = row_of(PhysicalKey, key_id)
    db.session.get(Lock, key.lock_id, with_for_update={"of": Lock}, populate_existing=True)
    db.session.refresh(key)
    demand(by, verb, key)
    return key


def _locked_issue(key_id: int, by: Person, verb: str = "key.manage") -> KeyIssue:
    """Who has a key, once they and its lock are ours."""
    holder = issue_out(row_of(PhysicalKey, key_id))
    if holder is not None and holder.person_id is not None:
        lock_person(holder.person_id)
    issue = issue_out(_locked_key(key_id, by, verb))
    if issue is None:
        raise KeyNotOut
    db.session.refresh(issue)
    return issue


def _note(verb: str, issue: KeyIssue, by: Person, **detail: int) -> None:
    whose = {"person": issue.person_id, "initiative": issue.initiative_id}
    facts = {name: number for name, number in whose.items() if number is not None}
    note(verb, issue, by=by, venue_id=issue.key.lock.venue_id, key=issue.key_id, **facts, **detail)
