"""What a house writes down about its locks, and about the numbered keys to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.roster.keys.models import Lock, PhysicalKey
from buurthuis.roster.keys.queries import count_out
from buurthuis.roster.keys.refusals import LockHasKeys, MoreAreOut
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class LockTold:
    """What a house writes down about a lock; without `most_issued` any number of keys may be out."""

    name: str
    opens: str = ""
    is_entrance: bool = True
    most_issued: int | None = None


@action
def add_lock(venue: Venue, told: LockTold, *, by: Person) -> Lock:
    """Write down a lock of a house.

    Raises:
        NotFound, NotAllowed
        LockExists: the house has one with this name.
    """
    demand(by, "roster.manage", venue)
    lock = Lock(venue_id=venue.id)
    _write(lock, told)
    db.session.add(lock)
    db.session.flush()
    note("lock.added", lock, by=by, venue_id=venue.id)
    return lock


@action
def change_lock(lock_id: int, told: LockTold, *, by: Person) -> Lock:
    """Say anew what a lock opens, and how many keys may be out.

    Raises:
        NotFound, NotAllowed
        LockExists: the house has another one with this name.
        MoreAreOut: more keys are out already.
    """
    lock = _locked(lock_id, by)
    out = count_out(lock)
    if told.most_issued is not None and told.most_issued < out:
        raise MoreAreOut(out=out)
    _write(lock, told)
    db.session.flush()
    note("lock.changed", lock, by=by, venue_id=lock.venue_id, most=told.most_issued)
    return lock


@action
def remove_lock(lock_id: int, *, by: Person) -> None:
    """Strike out a lock to which no key was written down.

    Raises:
        NotFound, NotAllowed
        LockHasKeys
    """
    lock = _locked(lock_id, by)
    if lock.keys:
        raise LockHasKeys
    note("lock.removed", lock, by=by, venue_id=lock.venue_id)
    db.session.delete(lock)


@action
def add_keys(lock_id: int, numbers: Sequence[str], *, by: Person) -> list[PhysicalKey]:
    """Write down keys with their numbers; they hang in the house.

    Raises:
        NotFound, NotAllowed
        NumberExists: the lock has a key with this number.
    """
    lock, now = _locked(lock_id, by), clock.now()
    keys = [PhysicalKey(lock_id=lock.id, number=number, made_at=now) for number in numbers]
    db.session.add_all(keys)
    db.session.flush()
    db.session.expire(lock, ["keys"])
    note("key.added", lock, by=by, venue_id=lock.venue_id, count=len(keys))
    return keys


def _write(lock: Lock, told: LockTold) -> None:
    lock.name, lock.opens = told.name, told.opens
    lock.is_entrance, lock.most_issued = told.is_entrance, told.most_issued


def _locked(lock_id: int, by: Person) -> Lock:
    lock = db.session.get(Lock, lock_id, with_for_update={"of": Lock}, populate_existing=True)
    if lock is None:
        raise NotFound
    demand(by, "roster.manage", lock.venue)
    return lock
