"""The work behind a figure: shifts that were done or written down, and shifts that had to be done.

Nobody is named here: a row tells what was done, and never who did it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from buurthuis.evidence.work.models import VolunteerWork, WorkKind
from buurthuis.foundation.db import db
from buurthuis.roster.models import Duty
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.columns import Watches
from buurthuis.rules.figures.fold_counts import A_WEEK_AHEAD
from buurthuis.rules.figures.sheet import Table
from buurthuis.rules.figures.spans import Span, months_in
from buurthuis.rules.shifts import Part, Shift
from buurthuis.statistics.behind.row import Column, Kind, Looked, Row, Rows
from buurthuis.statistics.sheets import sheets_of
from buurthuis.statistics.shifts import minutes_of, shift_rows, watch_of, work_rows

HEADINGS: Final = (Column.DAY, Column.HOUSE, Column.WHY, Column.NUMBER)
WITH_OF: Final = (*HEADINGS, Column.OF)

LEARNER, HOLDER = "learner", "holder"
_ALL: Final = "VRIJ_U"
_PARTS: Final[Mapping[str, Callable[[str], bool]]] = {
    _ALL: lambda why: True,
    "VRIJ_U.HOST": lambda why: why in {HOLDER, WorkKind.HOSTING},
    "VRIJ_U.LEARNER": lambda why: why == LEARNER,
    "VRIJ_U.BOARD": lambda why: why == WorkKind.BOARD,
    "VRIJ_U.OTHER": lambda why: why not in {HOLDER, LEARNER, WorkKind.HOSTING, WorkKind.BOARD},
}
WORK: Final = (*_PARTS, "LEER", "LEER.HOURS", "VRIJ_EUR.LOW", "VRIJ_EUR.MID", "VRIJ_EUR.HIGH")
SHIFTS: Final = ("ROOSTER", "ROOSTER.AHEAD", "ROOSTER.FILL_DAYS")


@dataclass(frozen=True, slots=True)
class _Done:
    """Work, and whose it was: only to count people once."""

    row: Row
    person: int | None = None
    is_supervised: bool = False


def work_behind(looked: Looked) -> Rows:
    """What people did, with its minutes; behind the number of learners each of them once."""
    done = sorted(_done(looked), key=lambda each: (each.row.day, each.row.kind, each.row.id))
    if looked.code.startswith("LEER"):
        done = [each for each in done if each.is_supervised]
    if looked.code == "LEER":
        found = _by_person(done)
    else:
        part = _PARTS.get(looked.code, _PARTS[_ALL])
        found = [each.row for each in done if part(each.row.why)]
    headings = WITH_OF if looked.code == "LEER" else HEADINGS
    return Rows(headings, looked.page.of(found), len(found))


def _done(looked: Looked) -> Iterator[_Done]:
    spans = {venue: [looked.span] for venue in looked.houses}
    for row in work_rows(spans, looked.now):
        minutes = minutes_of(row)
        if minutes:
            is_learner = row.part == Part.LEARNER
            yield _Done(
                Row(
                    kind=Kind.WORK,
                    id=row.id,
                    venue_id=row.venue_id,
                    day=day_of(row.starts_at),
                    number=minutes,
                    starts_at=row.starts_at,
                    ends_at=row.ends_at,
                    why=LEARNER if is_learner else HOLDER,
                ),
                person=row.person_id,
                is_supervised=is_learner and (row.is_signed or row.had_holder),
            )
    yield from map(_written, _logged(looked))


def _logged(looked: Looked) -> Any:
    asked = select(VolunteerWork).where(
        VolunteerWork.venue_id.in_(sorted(looked.houses)),
        VolunteerWork.day >= looked.span.first,
        VolunteerWork.day < looked.span.after,
    )
    return db.session.scalars(asked.order_by(VolunteerWork.day, VolunteerWork.id))


def _written(entry: VolunteerWork) -> _Done:
    return _Done(
        Row(
            kind=Kind.WORK,
            id=entry.id,
            venue_id=entry.venue_id,
            day=entry.day,
            number=entry.minutes,
            why=entry.kind.value,
        )
    )


def _by_person(done: list[_Done]) -> list[Row]:
    """Each learner once, at the first shift, with the minutes of all."""
    minutes: dict[int | None, int] = {}
    firsts: dict[int | None, Row] = {}
    for each in done:
        minutes[each.person] = minutes.get(each.person, 0) + each.row.number
        firsts.setdefault(each.person, each.row)
    return [_learner(row, minutes[person]) for person, row in firsts.items()]


def _learner(row: Row, minutes: int) -> Row:
    return Row(Kind.WORK, row.id, row.venue_id, row.day, 1, minutes, why=LEARNER)


def shifts_behind(looked: Looked) -> Rows:
    """The shifts that had to be done, the first first; only the months of the page are derived."""
    # Behind how long it took to fill a shift stand only those that were filled.
    only_filled = looked.code == "ROOSTER.FILL_DAYS"
    column = Watches.COVERED if only_filled else Watches.SHIFTS
    months = months_in(looked.span)
    sheets = sheets_of(list(looked.houses), months, looked.now, looked.houses)
    counts = [
        sum(row[column] for each in by_house.values() for row in _watches(each))
        for by_house in sheets
    ]
    total = sum(counts)
    after = total if looked.page.after is None else min(total, looked.page.after)
    begins, wanted, skipped = 0, list[Span](), 0
    for month, count in zip(months, counts, strict=True):
        if begins + count <= looked.page.first:
            skipped += count
        elif begins < after:
            wanted.append(month)
        begins += count
    if not wanted:
        return Rows(HEADINGS, (), total)
    span = Span(wanted[0].first, wanted[-1].after)
    spans = {venue: [span] for venue in looked.houses}
    shifts = shift_rows(spans, looked.now)
    found = [_row(looked, *each) for each in shifts if each[2] is not None or not only_filled]
    return Rows(HEADINGS, tuple(found[looked.page.first - skipped : after - skipped]), total)


def _watches(sheet: Any) -> Iterator[list[int]]:
    yield from sheet.tables[Table.WATCHES].values()


def _row(
    looked: Looked, venue_id: int, shift: Shift, duty: Duty | None, since: datetime | None
) -> Row:
    watch = watch_of(venue_id, shift, duty, since)
    number = int(watch.is_covered)
    if looked.code == "ROOSTER.AHEAD":
        number = int(watch.is_covered and (watch.days_ahead or 0) >= A_WEEK_AHEAD)
    elif looked.code == "ROOSTER.FILL_DAYS":
        number = watch.filled_in_hours or 0
    return Row(
        kind=Kind.SHIFT,
        id=0 if duty is None else duty.id,
        venue_id=venue_id,
        day=watch.day,
        number=number,
        starts_at=shift.period.start,
        ends_at=shift.period.end,
        why=shift.kind.value,
    )
