"""Which letter goes to whom when a key is lost, or should have come back."""

from collections.abc import Iterable
from typing import Any, Final

from buurthuis.accounts.models import Person
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.rules.calendar import moment, rfc3339

NOON: Final = 12 * 60


def lost(issue: KeyIssue, coordinators: Iterable[Person], *, told_by: Person) -> None:
    """Whoever had the key reads what was written down, and the house reads which doors it opens."""
    lock, holder = issue.key.lock, issue.person
    facts = _facts(issue) | {"opens": lock.opens, "told_name": told_by.name}
    if holder is not None and holder.email:
        mine = {"person_name": holder.name, "is_own": True, "link": absolute("pages.me")}
        outbox.post("key_lost", holder.email, holder.language, facts | mine)
    link = absolute("roster.key", slug=lock.venue.slug, key_id=issue.key_id)
    for each in coordinators:
        if each.email and (holder is None or each.id != holder.id):
            theirs = {"person_name": each.name, "is_own": False, "link": link}
            outbox.post("key_lost", each.email, each.language, facts | theirs)


def overdue(issue: KeyIssue, holders: Iterable[Person]) -> None:
    """Whoever has a key, or speaks for the group that has it, is asked to bring it back."""
    if issue.due_on is None:
        return
    facts = _facts(issue) | {"due_on_iso": rfc3339(moment(issue.due_on, NOON))}
    for each in holders:
        is_own = issue.person_id == each.id
        link = absolute("roster.my_keys") if is_own else ""
        theirs = {"person_name": each.name, "is_own": is_own, "link": link}
        outbox.post("key_overdue", each.email or "", each.language, facts | theirs)


def _facts(issue: KeyIssue) -> dict[str, Any]:
    venue = issue.key.lock.venue
    return {
        "venue_name": venue.name,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
        "lock_name": issue.key.lock.name,
        "key_number": issue.key.number,
        "holder_name": issue.holder_name,
    }
