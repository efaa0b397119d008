"""Who may see and change where the keys of a house are."""

from buurthuis.accounts.models import Person
from buurthuis.foundation.access import rule
from buurthuis.roster.keys.models import KeyIssue, Lock, PhysicalKey
from buurthuis.roster.keys.queries import history_of, issue_out
from buurthuis.roster.rights import manages_roster


@rule("lock.manage")
def manages_lock(person: Person | None, lock: Lock) -> bool:
    """The coordinator of its house, and its managers."""
    return manages_roster(person, lock.venue)


@rule("key.manage")
def manages_key(person: Person | None, key: PhysicalKey) -> bool:
    """The coordinator of its house, and its managers."""
    return manages_roster(person, key.lock.venue)


@rule("key.lose")
def may_tell_lost(person: Person | None, key: PhysicalKey) -> bool:
    """Whoever has the key, and whoever keeps the register."""
    return manages_key(person, key) or has_it(person, key)


@rule("key.had")
def had_it(person: Person | None, key: PhysicalKey) -> bool:
    """Whoever was the last to have it, also just after saying that it is lost."""
    last = next(iter(history_of(key)), None)
    return person is not None and last is not None and last.person_id == person.id


@rule("receipt.read")
def reads_receipt(person: Person | None, issue: KeyIssue) -> bool:
    """Whoever signed it, and whoever keeps the register."""
    is_own = person is not None and issue.person_id == person.id
    return is_own or manages_roster(person, issue.key.lock.venue)


def has_it(person: Person | None, key: PhysicalKey) -> bool:
    """Whether somebody has this key now."""
    issue = issue_out(key)
    return person is not None and issue is not None and issue.person_id == person.id
