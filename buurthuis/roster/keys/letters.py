"""Which letter goes to whom when a key is lost."""

from collections.abc import Iterable

from buurthuis.accounts.models import Person
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.roster.keys.models import KeyIssue


def lost(issue: KeyIssue, coordinators: Iterable[Person], *, told_by: Person) -> None:
    """Whoever had the key reads what was written down, and the house reads which doors it opens."""
    lock, holder = issue.key.lock, issue.person
    facts = {
        "venue_name": lock.venue.name,
        "venue_phone": lock.venue.phone,
        "venue_email": lock.venue.email,
        "lock_name": lock.name,
        "key_number": issue.key.number,
        "opens": lock.opens,
        "holder_name": issue.holder_name,
        "told_name": told_by.name,
    }
    if holder is not None and holder.email:
        mine = {"person_name": holder.name, "is_own": True, "link": absolute("pages.me")}
        outbox.post("key_lost", holder.email, holder.language, facts | mine)
    link = absolute("roster.key", slug=lock.venue.slug, key_id=issue.key_id)
    for each in coordinators:
        if each.email and (holder is None or each.id != holder.id):
            theirs = {"person_name": each.name, "is_own": False, "link": link}
            outbox.post("key_lost", each.email, each.language, facts | theirs)
