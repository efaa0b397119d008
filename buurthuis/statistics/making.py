"""Making what is kept: one house and some of its days, folded and stored while others go on writing.

First the days are marked, so that from then on the database writes down what changes in them. On
PostgreSQL the keeper then sees to it that everybody who may have looked just before is done. Only
then it reads and folds, without a lock, and stores the sheets in one short transaction, if nobody
else did meanwhile. Whatever changes after it read still waits, and is folded the next time.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from time import sleep
from typing import Any, Final

from sqlalchemy import delete, insert, select, text

from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.reading import reading
from buurthuis.rules.figures.sheet import Sheet
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics.frames import A_DAY, House
from buurthuis.statistics.gathering import folded
from buurthuis.statistics.guard import LOCKS
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.kept import frame_mark
from buurthuis.statistics.late import added, body_of, sheet_of_body
from buurthuis.statistics.made import Bite, Change, Known, Made, Place, log
from buurthuis.statistics.models import FigureChange, FigureSheet, Grain, number_of

MARK: Final = """
INSERT INTO figure_sheet (venue_id, grain, first_day, frame, digest, body, made_at)
VALUES (:venue_id, 'day', :first_day, '', '', '', :made_at) ON CONFLICT DO NOTHING
"""
TRY: Final = "SELECT pg_try_advisory_xact_lock(:locks, :venue_id)"
TRIES: Final = 100
BETWEEN_SECONDS: Final = 0.02


def take(bite: Bite, now: datetime) -> bool:
    """Fold a bite and store it; False where somebody else did, or must do it again."""
    _mark(bite, now)
    if not _others_are_done(bite):
        return False
    with reading():
        made = _made(bite, now)
    return _store(made, now)


@action
def _mark(bite: Bite, now: datetime) -> None:
    second = int(now.timestamp())
    rows = [
        {"venue_id": bite.venue_id, "first_day": number_of(day), "made_at": second}
        for day in bite.days
    ]
    if rows:
        db.session.execute(text(MARK), rows)


def _others_are_done(bite: Bite) -> bool:
    """Whether everybody who changed a row of the house before the days were marked has committed.

    Nobody stands in line for this lock: behind somebody who waits, who books would wait as well.
    """
    if db.engine.dialect.name == "sqlite":
        return True
    for _turn in range(TRIES):
        if _nobody_is_writing(bite):
            return True
        sleep(BETWEEN_SECONDS)
    return False


@action
def _nobody_is_writing(bite: Bite) -> bool:
    return bool(db.session.scalar(text(TRY), {"locks": LOCKS, "venue_id": bite.venue_id}))


def _made(bite: Bite, now: datetime) -> Made:
    # What waits is asked first: what comes a moment later is not lost, but folded once more.
    changes = _changes(bite)
    before = _known(bite)
    houses = houses_of([bite.venue_id])
    house = houses[bite.venue_id]
    sheets = folded({bite.venue_id: bite.days}, now, houses).get(bite.venue_id, {})
    after = {
        (Grain.DAY, number_of(day)): _told(house, Span(day, day + A_DAY), sheet)
        for day, sheet in sheets.items()
    }
    for month in bite.months:
        whole = _month(house, month, before, after, sheets)
        if whole is not None:
            after[Grain.MONTH, number_of(month.first)] = whole
    return Made(bite, before, after, changes)


def _changes(bite: Bite) -> list[Change]:
    """What waits for these days and for no other day that is kept."""
    if not bite.days:
        return []
    numbers = {number_of(day) for day in bite.days}
    asked = select(
        FigureChange.id,
        FigureChange.first_day,
        FigureChange.last_day,
        FigureChange.what,
        FigureChange.row_id,
    ).where(
        FigureChange.venue_id == bite.venue_id,
        FigureChange.applied_at.is_(None),
        FigureChange.first_day <= max(numbers),
        FigureChange.last_day >= min(numbers),
    )
    found = [Change(*row) for row in db.session.execute(asked.order_by(FigureChange.id))]
    others = _others_kept(bite, found)
    return [each for each in found if others.isdisjoint(each.days)]


def _others_kept(bite: Bite, changes: Sequence[Change]) -> set[int]:
    """The days kept beside those of a bite, around what waits."""
    if not changes:
        return set()
    asked = select(FigureSheet.first_day).where(
        FigureSheet.venue_id == bite.venue_id,
        FigureSheet.grain == Grain.DAY,
        FigureSheet.first_day >= min(each.first_day for each in changes),
        FigureSheet.first_day <= max(each.last_day for each in changes),
    )
    return set(db.session.scalars(asked)) - {number_of(day) for day in bite.days}


def _known(bite: Bite) -> dict[Place, Known]:
    """Every sheet of the months of a bite."""
    asked = _asked(bite).with_only_columns(
        FigureSheet.grain,
        FigureSheet.first_day,
        FigureSheet.frame,
        FigureSheet.digest,
        FigureSheet.body,
    )
    return {(grain, first): Known(*rest) for grain, first, *rest in db.session.execute(asked)}


def _asked(bite: Bite) -> Any:
    numbers = [number_of(day) for month in bite.months for day in month]
    return select(FigureSheet).where(
        FigureSheet.venue_id == bite.venue_id, FigureSheet.first_day.in_(numbers)
    )


def _told(house: House, span: Span, sheet: Sheet) -> Known:
    body = body_of(sheet)
    return Known(frame_mark(house, span), _digest(body), body)


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:32]


def _month(
    house: House,
    month: Span,
    before: Mapping[Place, Known],
    after: Mapping[Place, Known],
    sheets: Mapping[date, Sheet],
) -> Known | None:
    """The sum of a month, where each of its days is known by its present frame."""
    found = []
    for day in month:
        place = (Grain.DAY, number_of(day))
        known = after.get(place) or before.get(place)
        if known is None or not known.body:
            return None
        if known.frame != frame_mark(house, Span(day, day + A_DAY)):
            return None
        found.append(sheets[day] if day in sheets else sheet_of_body(known.body))
    return _told(house, month, added(found))


@action
def _store(made: Made, now: datetime) -> bool:
    """Store what was folded, unless somebody else stored some of it since it was read."""
    bite = made.bite
    rows = db.session.execute(
        _asked(bite)
        .with_only_columns(
            FigureSheet.id,
            FigureSheet.grain,
            FigureSheet.first_day,
            FigureSheet.frame,
            FigureSheet.digest,
        )
        .order_by(FigureSheet.id)
        .with_for_update()
    ).all()
    stands = {(grain, first): (frame, digest) for _, grain, first, frame, digest in rows}
    if stands != {place: (known.frame, known.digest) for place, known in made.before.items()}:
        return False
    waiting = [each.id for each in made.changes]
    still = select(FigureChange.id).where(
        FigureChange.id.in_(waiting), FigureChange.applied_at.is_(None)
    )
    if len(db.session.scalars(still.with_for_update()).all()) != len(waiting):
        return False
    others = _others_kept(bite, made.changes)
    if not all(others.isdisjoint(each.days) for each in made.changes):
        return False
    months = {(Grain.MONTH, number_of(month.first)) for month in bite.months}
    old = [row.id for row in rows if (row.grain, row.first_day) in made.after.keys() | months]
    db.session.execute(delete(FigureSheet).where(FigureSheet.id.in_(old)))
    _insert(made, now)
    log(made, now)
    return True


def _insert(made: Made, now: datetime) -> None:
    rows = [
        {
            "venue_id": made.bite.venue_id,
            "grain": grain,
            "first_day": first,
            "frame": known.frame,
            "digest": known.digest,
            "body": known.body,
            "made_at": now,
        }
        for (grain, first), known in made.after.items()
    ]
    if rows:
        db.session.execute(insert(FigureSheet), rows)
