"""Questions about keys: which locks a house has, where each key is, and who should bring one back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from buurthuis.accounts.models import Initiative, Person, Role
from buurthuis.accounts.queries import ALONE
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_of
from buurthuis.roster.keys.models import KeyIssue, KeyState, Lock, PhysicalKey
from buurthuis.rules.states import LIVE
from buurthuis.venues.models import Venue

BOOKS_HERE: Final = timedelta(days=60)
"""A group that booked in a house since so long ago may get a key there."""

MOST_GROUPS: Final = 300

IS_OUT = (KeyIssue.returned_at.is_(None), KeyIssue.lost_at.is_(None))


@dataclass(frozen=True, slots=True)
class LockSeen:
    """A lock with its keys, and who has each that is out."""

    lock: Lock
    keys: Sequence[PhysicalKey]
    issues: dict[int, KeyIssue]

    @property
    def out(self) -> int:
        """How many keys are out."""
        return len(self.issues)

    @property
    def lost(self) -> int:
        """How many keys are lost."""
        return sum(key.state == KeyState.LOST for key in self.keys)

    @property
    def is_full(self) -> bool:
        """Whether no other key may be given out."""
        most = self.lock.most_issued
        return most is not None and self.out >= most


def register_of(venue: Venue) -> list[LockSeen]:
    """All locks of a house by name, entrances first, with their keys, in three questions."""
    locks = db.session.scalars(
        select(Lock)
        .where(Lock.venue_id == venue.id)
        .options(selectinload(Lock.keys))
        .order_by(Lock.is_entrance.desc(), Lock.name)
    ).all()
    issues = {issue.key_id: issue for issue in issues_in(venue)}
    return [
        LockSeen(
            lock,
            sorted(lock.keys, key=lambda key: (key.state == KeyState.GONE, natural(key.number))),
            {key.id: issues[key.id] for key in lock.keys if key.id in issues},
        )
        for lock in locks
    ]


def natural(number: str) -> tuple[int, str]:
    """So that key 10 comes after key 9."""
    return (int(number) if number.isascii() and number.isdigit() else 10**9, number)


def issues_in(venue: Venue) -> Sequence[KeyIssue]:
    """All keys of a house that are out, with who has them."""
    asked = _with_key(select(KeyIssue).where(Lock.venue_id == venue.id, *IS_OUT))
    asked = asked.options(contains_eager(KeyIssue.key).contains_eager(PhysicalKey.lock), *_HOLDER)
    return db.session.scalars(asked.order_by(KeyIssue.id)).all()


def overdue(venue: Venue, *, today: date) -> list[KeyIssue]:
    """Keys that should be back by now, longest first."""
    late = [
        issue for issue in issues_in(venue) if issue.due_on is not None and issue.due_on < today
    ]
    return sorted(late, key=lambda issue: (issue.due_on or today, issue.id))


def counting_overdue(venue: Venue, *, today: date) -> Select[int]:
    """The question how many keys should be back by now, to be asked with others."""
    return (
        select(func.count(KeyIssue.id))
        .join(KeyIssue.key)
        .join(PhysicalKey.lock)
        .where(Lock.venue_id == venue.id, *IS_OUT, KeyIssue.due_on < today)
    )


def count_overdue(venue: Venue, *, today: date) -> int:
    """How many keys should be back by now."""
    return db.session.scalar(counting_overdue(venue, today=today)) or 0


def to_ask_back(venue: Venue, *, today: date) -> list[KeyIssue]:
    """Keys of people who have no role in the house any more."""
    out = [issue for issue in issues_in(venue) if issue.person_id is not None]
    stay = set(
        db.session.scalars(
            select(Role.person_id).where(
                Role.person_id.in_([issue.person_id for issue in out]),
                or_(Role.venue_id == venue.id, Role.venue_id.is_(None)),
                or_(Role.until_on.is_(None), Role.until_on >= today),
            )
        )
    )
    return [issue for issue in out if issue.person_id not in stay]


def keys_of(person: Person, venue_ids: Collection[int] | None = None) -> Sequence[KeyIssue]:
    """The keys that somebody has now, by house and lock; in all houses or in some."""
    asked = _with_key(select(KeyIssue).where(KeyIssue.person_id == person.id, *IS_OUT))
    if venue_ids is not None:
        asked = asked.where(Lock.venue_id.in_(venue_ids))
    asked = asked.options(
        contains_eager(KeyIssue.key).contains_eager(PhysicalKey.lock).joinedload(Lock.venue)
    )
    return db.session.scalars(asked.order_by(Lock.venue_id, Lock.name, KeyIssue.id)).all()


def issue_out(key: PhysicalKey) -> KeyIssue | None:
    """Who has the key now."""
    return db.session.scalar(select(KeyIssue).where(KeyIssue.key_id == key.id, *IS_OUT))


def history_of(key: PhysicalKey) -> Sequence[KeyIssue]:
    """Everybody who had the key, the last one first."""
    asked = select(KeyIssue).where(KeyIssue.key_id == key.id).order_by(KeyIssue.id.desc())
    return db.session.scalars(asked.options(*_HOLDER)).all()


def count_out(lock: Lock) -> int:
    """How many keys to a lock are out."""
    asked = select(func.count(KeyIssue.id)).join(KeyIssue.key)
    return db.session.scalar(asked.where(PhysicalKey.lock_id == lock.id, *IS_OUT)) or 0


def other_entrance_keys(issue: KeyIssue, venue_id: int) -> int:
    """How many other keys to an entrance of the house the same person or group has."""
    asked = (
        select(func.count(KeyIssue.id))
        .join(KeyIssue.key)
        .join(PhysicalKey.lock)
        .where(
            KeyIssue.person_id == issue.person_id
            if issue.person_id is not None
            else KeyIssue.initiative_id == issue.initiative_id,
            KeyIssue.id != issue.id,
            Lock.venue_id == venue_id,
            Lock.is_entrance.is_(True),
            *IS_OUT,
        )
    )
    return db.session.scalar(asked) or 0


def people_for_keys(venue: Venue, *, today: date) -> Sequence[Person]:
    """Who may get a key: everybody with a role in the house today, by name."""
    has_role = exists().where(
        Role.person_id == Person.id,
        Role.venue_id == venue.id,
        or_(Role.until_on.is_(None), Role.until_on >= today),
    )
    asked = select(Person).where(has_role, Person.left_at.is_(None))
    return db.session.scalars(asked.options(*ALONE).order_by(Person.name, Person.id)).all()


def groups_for_keys(venue: Venue, *, now: datetime) -> Sequence[Initiative]:
    """Which groups may get a key: those that book in the house, by name."""
    books = exists().where(
        Booking.initiative_id == Initiative.id,
        Booking.venue_id == venue.id,
        Booking.to_at > now - BOOKS_HERE,
        Booking.status.in_(LIVE),
    )
    asked = select(Initiative).where(books).order_by(Initiative.name, Initiative.id)
    return db.session.scalars(asked.limit(MOST_GROUPS)).all()


def lock_here(slug: str, lock_id: int) -> Lock:
    """A lock of this house.

    Raises:
        NotFound
    """
    found = row_of(Lock, lock_id)
    if found.venue.slug != slug:
        raise NotFound
    return found


def key_here(slug: str, key_id: int) -> PhysicalKey:
    """A key to a lock of this house.

    Raises:
        NotFound
    """
    found = row_of(PhysicalKey, key_id)
    if found.lock.venue.slug != slug:
        raise NotFound
    return found


def issue_here(slug: str, issue_id: int) -> KeyIssue:
    """Somebody who has or had a key of this house.

    Raises:
        NotFound
    """
    found = row_of(KeyIssue, issue_id)
    if found.key.lock.venue.slug != slug:
        raise NotFound
    return found


_HOLDER = (
    joinedload(KeyIssue.person).options(*ALONE),
    joinedload(KeyIssue.initiative),
)


def _with_key(asked: Select[KeyIssue]) -> Select[KeyIssue]:
    return asked.join(KeyIssue.key).join(PhysicalKey.lock)
