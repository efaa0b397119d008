"""Asking for keys that should have come back: one letter for each, in the morning after its day."""

from typing import Final

from sqlalchemy import exists, select

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import speakers_of
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry, note
from buurthuis.roster.keys import letters as key_letters
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.roster.keys.queries import IS_OUT
from buurthuis.rules.calendar import day_of, minute_of

MORNING_MINUTE: Final = 9 * 60
MOST_AT_ONCE: Final = 200
ASKED_BACK: Final = "key.asked_back"


@action
def ask_keys_back() -> int:
    """Write to whoever has a key that should be back; returns for how many keys.

    The logbook remembers which were asked, so each is asked for once however often and by however
    many workers this is done. Whoever has no e-mail is on the list of the desk, with a telephone.
    """
    now = clock.now()
    if minute_of(now) < MORNING_MINUTE:
        return 0
    was_asked = exists().where(
        LogEntry.subject_type == KeyIssue.__tablename__,
        LogEntry.subject_id == KeyIssue.id,
        LogEntry.verb == ASKED_BACK,
    )
    late = (
        select(KeyIssue)
        .where(*IS_OUT, KeyIssue.due_on < day_of(now), ~was_asked)
        .order_by(KeyIssue.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=KeyIssue, skip_locked=True)
    )
    issues = db.session.scalars(late).all()
    for issue in issues:
        people = [each for each in _holders(issue) if each.email and each.left_at is None]
        key_letters.overdue(issue, people)
        facts = {"key": issue.key_id, "letters": len(people)}
        note(ASKED_BACK, issue, venue_id=issue.key.lock.venue_id, **facts)
    return len(issues)


def _holders(issue: KeyIssue) -> list[Person]:
    if issue.initiative is not None:
        return list(speakers_of(issue.initiative))
    return [] if issue.person is None else [issue.person]
