"""What became of each booking of the demo: decided, refused, cancelled, not used, or simply held."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from buurthuis.bookings.notice import notice_by
from buurthuis.bookings.steps import confirms_at_once
from buurthuis.demo.draft import Draft
from buurthuis.demo.groups import REFUSALS
from buurthuis.rules.states import Status, Verb, next_status

REFUSED, NOT_USED, CANCELLED, CANCELLED_LATE = 0.035, 0.025, 0.05, 0.02
"""Which part of the bookings ends this way."""

HOUR = timedelta(hours=1)
Fields = dict[str, Any]


def outcome(draft: Draft, manager_id: int | None, *, now: datetime, chance: Random) -> Fields:
    """The state of a booking with all that belongs to it, as the verbs of the desk would leave it."""
    idea, luck = draft.idea, chance.random()
    fields = _asked_for(idea.made_at)
    if idea.waits:
        return fields
    if confirms_at_once(idea.place.room, draft.price.priced, idea.who.speaker):
        fields["status"] = Status.CONFIRMED
    elif luck < REFUSED:
        _decide(fields, Verb.REFUSE, manager_id, _some_days_later(draft, now, chance))
        fields["refusal_reason"] = chance.choice(REFUSALS)
        return fields
    else:
        _decide(fields, Verb.APPROVE, manager_id, _some_days_later(draft, now, chance))
    if luck > 1 - CANCELLED_LATE:
        _cancel(fields, draft, chance, not_before=_notice(draft), not_after=now)
    elif luck > 1 - CANCELLED_LATE - CANCELLED:
        _cancel(fields, draft, chance, not_before=idea.made_at, not_after=min(now, _notice(draft)))
    elif luck > 1 - CANCELLED_LATE - CANCELLED - NOT_USED and idea.period.end <= now:
        _go(fields, Verb.NO_SHOW, idea.period.end)
    return fields


def _asked_for(made_at: datetime) -> Fields:
    return {
        "status": Status.REQUESTED,
        "sequence": 0,
        "changed_at": made_at,
        "decided_at": None,
        "decided_by_id": None,
        "refusal_reason": "",
        "cancelled_at": None,
        "cancelled_by_id": None,
        "cancelled_late": False,
    }


def _go(fields: Fields, verb: Verb, at: datetime) -> None:
    fields["status"] = next_status(fields["status"], verb)
    fields["changed_at"] = at
    fields["sequence"] += 1


def _decide(fields: Fields, verb: Verb, manager_id: int | None, at: datetime) -> None:
    _go(fields, verb, at)
    fields["decided_at"], fields["decided_by_id"] = at, manager_id


def _cancel(
    fields: Fields, draft: Draft, chance: Random, *, not_before: datetime, not_after: datetime
) -> None:
    """Cancel at some moment in between, or not at all when there is none."""
    starts_at = draft.idea.period.start
    earliest = max(not_before, fields["changed_at"])
    latest = min(not_after, starts_at - HOUR)
    if earliest >= latest:
        return
    at = _between(earliest, latest, chance)
    _go(fields, Verb.CANCEL, at)
    fields["cancelled_at"], fields["cancelled_by_id"] = at, draft.idea.who.speaker.id
    fields["cancelled_late"] = draft.due_at(at).is_late


def _notice(draft: Draft) -> datetime:
    """Until when one cancels in time; where one always does, until the start."""
    starts_at = draft.idea.period.start
    until = notice_by([draft.due_at], now=starts_at).free_until
    return starts_at if until is None else until


def _some_days_later(draft: Draft, now: datetime, chance: Random) -> datetime:
    """When the house answered: within three days, and before it began."""
    asked_at = draft.idea.made_at
    latest = min(now, draft.idea.period.start - HOUR, asked_at + 72 * HOUR)
    return _between(asked_at, max(latest, asked_at), chance)


def _between(earliest: datetime, latest: datetime, chance: Random) -> datetime:
    seconds = (latest - earliest).total_seconds()
    return earliest + timedelta(seconds=int(seconds * chance.random()))
