"""The rows of the demo's bookings, as the tables keep them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from buurthuis.demo.draft import Draft
from buurthuis.demo.groups import REMARKS
from buurthuis.demo.outcomes import outcome
from buurthuis.rules.overlap import Claim, share_out
from buurthuis.rules.states import LIVE, Status

Row = dict[str, Any]
PREFIX = "demo-"
QUESTION = "Hoe laat komen jullie opbouwen? En blijft de keuken vrij?"


def booking_rows(
    drafts: Sequence[Draft],
    managers: dict[int, int | None],
    *,
    first_number: int,
    now: datetime,
    chance: Random,
) -> list[Row]:
    """A row for each draft, numbered on from the first number."""
    return [
        {
            "uid": f"{PREFIX}{number:06d}@buurthuis",
            "submission": None,
            "expires_at": None,
            "remark": draft.idea.weekly.remark if draft.idea.weekly else chance.choice(REMARKS),
            **_asked(draft),
            **draft.price.frozen,
            **outcome(draft, managers[draft.idea.place.venue.id], now=now, chance=chance),
        }
        for number, draft in enumerate(drafts, start=first_number)
    ]


def _asked(draft: Draft) -> Row:
    idea, room = draft.idea, draft.idea.place.room
    return {
        "venue_id": room.venue_id,
        "room_id": room.id,
        "initiative_id": idea.who.initiative.id,
        "booked_by_id": idea.who.speaker.id,
        "from_at": idea.period.start,
        "to_at": idea.period.end,
        "setup_minutes": room.setup_minutes,
        "teardown_minutes": room.teardown_minutes,
        "turnover_minutes": room.turnover_minutes,
        "title": idea.title,
        "purpose": idea.purpose,
        "people": draft.people,
        "is_public": idea.is_public,
        "series_id": None,
        "series_day": None,
        "created_at": idea.made_at,
    }


def claim_rows(drafts: Sequence[Draft], rows: Sequence[Row]) -> dict[str, list[Row]]:
    """What the live ones hold, by uid; neighbours of one group share the buffers between them."""
    wished: dict[int, list[tuple[Claim, Row]]] = {}
    for key, (draft, row) in enumerate(zip(drafts, rows, strict=True)):
        place, period = draft.idea.place, draft.idea.period
        if row["status"] not in LIVE:
            continue
        if row["status"] == Status.REQUESTED and not place.venue.requests_occupy:
            continue
        claim = Claim(key, row["initiative_id"], period, place.wanted(period))
        for space in place.spaces:
            wished.setdefault(space, []).append((claim, row))
    held: dict[str, list[Row]] = {}
    for space, wishes in wished.items():
        shares = share_out([claim for claim, _ in wishes])
        for claim, row in wishes:
            share = shares[claim.key]
            held.setdefault(row["uid"], []).append(_claim_row(claim, row, space, share))
    return held


def _claim_row(claim: Claim, row: Row, space: int, share: Any) -> Row:
    return {
        "space_id": space,
        "room_id": row["room_id"],
        "closure_id": None,
        "initiative_id": claim.owner,
        "starts_at": claim.core.start,
        "ends_at": claim.core.end,
        "wants_from_at": claim.wanted.start,
        "wants_to_at": claim.wanted.end,
        "from_at": share.start,
        "to_at": share.end,
    }


def message_rows(rows: Sequence[Row], managers: dict[int, int | None]) -> dict[str, Row]:
    """A question of the house about every fourth request that waits, an hour or so after it came."""
    waiting = [row for row in rows if row["status"] == Status.REQUESTED]
    return {
        row["uid"]: {
            "author_id": managers[row["venue_id"]],
            "is_from_house": True,
            "text": QUESTION,
            "written_at": row["created_at"] + timedelta(minutes=75),
        }
        for row in waiting[::4]
        if managers[row["venue_id"]] is not None
    }
