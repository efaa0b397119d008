"""Making what is kept: one house and some of its days, folded and stored while others go on writing.

First the days are marked, so that from then on the database writes down what changes in them. On
PostgreSQL the keeper then waits for everybody who may have looked just before. Only then it reads
and folds, without a lock, and stores the sheets in one short transaction, if nobody else did
meanwhile. Whatever changes after it read still waits, and is folded the next time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, insert, select, text

from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.reading import reading
from buurthuis.rules.figures.sheet import Sheet
from buurthuis.rules.figures.sheet_file import FORM
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics.frames import A_DAY, House, houses_of
from buurthuis.statistics.gathering import folded
from buurthuis.statistics.guard import LOCKS
from buurthuis.statistics.kept import frame_mark, month_span
from buurthuis.statistics.late import added, body_of, sheet_of_body
from buurthuis.statistics.models import FigureChange, FigureSheet, Grain, number_of

HOUSE: Final = "house"
"""What changed where it was no row of a booking: the hours and spaces of the house."""
PROGRAM: Final = "program"
"""Or the way of folding, with a newer program."""

MARK: Final = """
INSERT INTO figure_sheet (venue_id, grain, first_day, frame, digest, body, made_at)
VALUES (:venue_id, 'day', :first_day, '', '', '', :made_at) ON CONFLICT DO NOTHING
"""
WAIT: Final = "SELECT pg_advisory_xact_lock(:locks, :venue_id)"


@dataclass(frozen=True, slots=True)
class Bite:
    """Some days of one house that are to be folded."""

    venue_id: int
    days: tuple[date, ...]

    @property
    def months(self) -> list[Span]:
        """The months that these days lie in."""
        return sorted({month_span(day) for day in self.days})


@dataclass(frozen=True, slots=True)
class Known:
    """A sheet as it stood when a bite was read: its frame, its digest and what it says."""

    frame: str
    digest: str
    body: str


class Change(NamedTuple):
    """A row that changed, and the days it has to do with."""

    id: int
    first_day: int
    last_day: int
    what: str
    row_id: int

    @property
    def days(self) -> range:
        """Their numbers."""
        return range(self.first_day, self.last_day + 1)


Place = tuple[Grain, int]
"""Which sheet of a house: its grain and the number of its first day."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was folded for a bite, and what it rests on."""

    bite: Bite
    before: Mapping[Place, Known]
    after: Mapping[Place, Known]
    changes: Sequence[Change]


def take(bite: Bite, now: datetime) -> bool:
    """Fold a bite and store it; False where somebody else did, or must do it again."""
    _mark(bite, now)
    _wait_for_others(bite)
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


@action
def _wait_for_others(bite: Bite) -> None:
    """Whoever changed a row of the house before the days were marked is done when this comes back."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text(WAIT), {"locks": LOCKS, "venue_id": bite.venue_id})


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
    _log(made, waiting, now)
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


def _log(made: Made, waiting: Sequence[int], now: datetime) -> None:
    """Of what changed keep only what made a difference, by the day."""
    db.session.execute(delete(FigureChange).where(FigureChange.id.in_(waiting)))
    lines = {
        (first, what, row_id): (before, after)
        for first, before, after, reasons in _differences(made)
        for what, row_id in reasons
    }
    if lines:
        db.session.execute(
            insert(FigureChange),
            [
                {
                    "venue_id": made.bite.venue_id,
                    "first_day": first,
                    "last_day": first,
                    "what": what,
                    "row_id": row_id,
                    "applied_at": now,
                    "before": before,
                    "after": after,
                }
                for (first, what, row_id), (before, after) in lines.items()
            ],
        )


def _differences(made: Made) -> Iterator[tuple[int, str, str, list[tuple[str, int]]]]:
    """The days that were kept and are another now: what they were, what they are, and why."""
    for place, known in made.after.items():
        grain, first = place
        was = made.before.get(place)
        if grain is Grain.DAY and was is not None and was.body and was.digest != known.digest:
            why = [(each.what, each.row_id) for each in made.changes if first in each.days]
            if was.frame != known.frame:
                why.append((_other_frame(was.frame), made.bite.venue_id))
            yield first, was.digest, known.digest, why


def _other_frame(frame: str) -> str:
    return HOUSE if frame.startswith(f"{FORM}:") else PROGRAM
