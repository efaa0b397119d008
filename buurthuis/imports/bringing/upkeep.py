"""Clearing up after imports: drafts that nobody finished, and words that nobody needs any more."""

from datetime import timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, delete, or_, select

from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.imports.bringing.models import CalendarImport, ImportRow, State

DRAFTS_ARE_KEPT: Final = timedelta(days=7)
ROWS_ARE_KEPT: Final = timedelta(days=30)
"""What somebody may want to look up: why an entry stayed out. What came along can be undone for good."""


@action
def forget_drafts() -> int:
    """Delete drafts that are too old, and rows that led to nothing; returns how many rows."""
    now = clock.now()
    old = (CalendarImport.state == State.DRAFT, CalendarImport.made_at < now - DRAFTS_ARE_KEPT)
    drafts = select(CalendarImport.id).where(*old)
    over = select(CalendarImport.id).where(CalendarImport.brought_at < now - ROWS_ARE_KEPT)
    undone = select(CalendarImport.id).where(CalendarImport.undone_at < now - ROWS_ARE_KEPT)
    idle = or_(
        ImportRow.import_id.in_(drafts),
        ImportRow.import_id.in_(over) & ImportRow.deed.is_(None),
        ImportRow.import_id.in_(undone),
    )
    gone = db.session.execute(delete(ImportRow).where(idle))
    ended = db.session.execute(delete(CalendarImport).where(*old))
    return sum(cast(CursorResult[Any], each).rowcount for each in (gone, ended))
