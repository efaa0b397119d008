"""Taking an Idempotency-Key into use and keeping the answer that was given under it."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from sqlalchemy import ColumnElement, Table, insert, literal, or_, select, update

from buurthuis.api.models import IdempotencyKey
from buurthuis.api.refusals import KeyJustTaken, OtherBody
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known under a key; no status means that nobody has answered yet."""

    submission: str
    status: int | None
    body: str


@action
def reserve(person_id: int, key: str, asked_hash: str) -> Kept:
    """Take a key into use, or find what was answered under it in the last 24 hours.

    Raises:
        OtherBody: the key was used for something else.
        KeyJustTaken: the same key came twice at this moment; the second time finds the first.
    """
    now = clock.now()
    fresh = IdempotencyKey(
        person_id=person_id,
        key=key,
        asked_hash=asked_hash,
        submission=secrets.token_hex(16),
        created_at=now,
        body="",
    )
    if _is_first(fresh):
        return _kept(fresh)
    kept = _row(person_id, key)
    if kept is None:  # It was thrown away at this moment.
        raise KeyJustTaken
    if kept.created_at > now - KEPT:
        if kept.asked_hash != asked_hash:
            raise OtherBody
        return _kept(kept)
    db.session.delete(kept)
    db.session.flush()
    db.session.add(fresh)
    db.session.flush()
    return _kept(fresh)


@action
def keep(person_id: int, key: str, status: int, body: str) -> Kept | None:
    """Keep the answer for whoever sends the key again; returns the one that counts.

    Of two that came at one moment the first counts, but a booking that was made counts before
    a refusal. None: the key was thrown away in the meantime.
    """
    worse: ColumnElement[bool] = IdempotencyKey.status.is_(None)
    if status < 400:
        worse = or_(worse, IdempotencyKey.status >= 400)
    ours = (
        update(IdempotencyKey)
        .where(IdempotencyKey.person_id == person_id, IdempotencyKey.key == key, worse)
        .values(status=status, body=body)
        .returning(IdempotencyKey.submission)
    )
    submission = db.session.scalar(ours)
    if submission is not None:
        return Kept(submission, status, body)
    kept = _row(person_id, key)
    return None if kept is None else _kept(kept)


def _is_first(fresh: IdempotencyKey) -> bool:
    """Store a key where nobody has it yet: asked and done in one statement, for most keys are new."""
    names = _TABLE.columns.keys()
    same = select(_TABLE.c.key).where(
        _TABLE.c.person_id == fresh.person_id, _TABLE.c.key == fresh.key
    )
    values = select(*(literal(getattr(fresh, name), _TABLE.c[name].type) for name in names))
    stored = insert(_TABLE).from_select(names, values.where(~same.exists()))
    return db.session.execute(stored.returning(_TABLE.c.submission)).first() is not None


_TABLE = cast(Table, IdempotencyKey.__table__)


def _row(person_id: int, key: str) -> IdempotencyKey | None:
    return db.session.get(
        IdempotencyKey, (person_id, key), populate_existing=True, with_for_update=True
    )


def _kept(row: IdempotencyKey) -> Kept:
    return Kept(row.submission, row.status, row.body)
