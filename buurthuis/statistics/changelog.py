"""Why a figure of days that are over became another one: which row changed, of which day, and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics.models import FigureChange, day_numbered, number_of


@dataclass(frozen=True, slots=True)
class Changed:
    """A day whose figures became others. `what` is the table of the row, "house" or "program".

    For "house" and "program" the row is the house. `applied_at` is when it was noticed, a minute after
    it happened at most.
    """

    venue_id: int
    day: date
    what: str
    row_id: int
    applied_at: datetime
    before: str
    after: str


def changes_of(venue_ids: Collection[int], span: Span, *, most: int | None = None) -> list[Changed]:
    """What changed in some days of some houses after they were kept, the newest first."""
    asked = (
        select(
            FigureChange.venue_id,
            FigureChange.first_day,
            FigureChange.what,
            FigureChange.row_id,
            FigureChange.applied_at,
            FigureChange.before,
            FigureChange.after,
        )
        .where(
            FigureChange.venue_id.in_(venue_ids),
            FigureChange.applied_at.is_not(None),
            FigureChange.first_day.between(number_of(span.first), number_of(span.last)),
        )
        .order_by(FigureChange.applied_at.desc(), FigureChange.id.desc())
        .limit(most)
    )
    return [
        Changed(venue, day_numbered(first), what, row, at, before, after)
        for venue, first, what, row, at, before, after in db.session.execute(asked)
        if at is not None and before is not None and after is not None
    ]
