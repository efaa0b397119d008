"""A group with a key of its own opens the house itself, as long as it has that key."""

from datetime import datetime, timedelta

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.roster.keys.queries import other_entrance_keys
from buurthuis.roster.models import OwnEntry, Way
from buurthuis.rules.calendar import day_of


def opens_itself(issue: KeyIssue, *, by: Person, now: datetime) -> None:
    """From today on the group opens the house with this key, inside the action of the caller."""
    venue_id, initiative_id = issue.key.lock.venue_id, issue.initiative_id
    entry = db.session.get(OwnEntry, (initiative_id, venue_id))
    if entry is None:
        entry = OwnEntry(initiative_id=initiative_id, venue_id=venue_id)
        db.session.add(entry)
    entry.way, entry.from_on, entry.to_on = Way.OWN_KEY, day_of(now), None
    entry.decided_by_id, entry.decided_at = by.id, now
    db.session.flush()
    note("own_entry.begun", issue, by=by, venue_id=venue_id, initiative=initiative_id)


def no_longer(issue: KeyIssue, *, by: Person, now: datetime) -> bool:
    """Without a key to an entrance the group no longer opens the house itself, from today on.

    Says whether it did until now.
    """
    if issue.initiative_id is None or other_entrance_keys(issue, issue.key.lock.venue_id):
        return False
    entry = db.session.get(OwnEntry, (issue.initiative_id, issue.key.lock.venue_id))
    today = day_of(now)
    if entry is None or entry.way != Way.OWN_KEY or (entry.to_on and entry.to_on < today):
        return False
    note("own_entry.ended", issue, by=by, venue_id=entry.venue_id, initiative=entry.initiative_id)
    if entry.from_on >= today:
        db.session.delete(entry)
    else:
        entry.to_on = today - timedelta(days=1)
    db.session.flush()
    return True
