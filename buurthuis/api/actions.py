"""Taking an Idempotency-Key into use and keeping the answer that was given under it."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, or_, update

from buurthuis.api.models import IdempotencyKey
from buurthuis.api.refusals import OtherBody
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
    kept = _row(person_id, key)
    if kept is not None and kept.created_at <= now - KEPT:
        db.session.delete(kept)
        db.session.flush()
        kept = None
    if kept is None:
        kept = IdempotencyKey(
            person_id=person_id,
            key=key,
            asked_hash=asked_hash,
            submission=secrets.token_hex(16),
            created_at=now,
            body="",
        )
        db.session.add(kept)
        db.session.flush()
    elif kept.asked_hash != asked_hash:
        raise OtherBody
    return _kept(kept)


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


def _row(person_id: int, key: str) -> IdempotencyKey | None:
    return db.session.get(
        IdempotencyKey, (person_id, key), populate_existing=True, with_for_update=True
    )


def _kept(row: IdempotencyKey) -> Kept:
    return Kept(row.submission, row.status, row.body)
