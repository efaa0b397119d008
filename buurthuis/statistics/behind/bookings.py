"""The bookings behind a figure, each with what it adds to it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    select,
)

from buurthuis.bookings.models import Booking
from buurthuis.bookings.today.models import Attendance
from buurthuis.discounts.queries import names_of
from buurthuis.evidence.tags.queries import THEME, with_tags
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.columns import Time
from buurthuis.rules.figures.facts import Facts, Use
from buurthuis.rules.figures.folding import fold_days
from buurthuis.rules.figures.sheet import Table
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.standing import NOT_KNOWN
from buurthuis.statistics.behind import which
from buurthuis.statistics.behind.row import Column, Kind, Looked, Row, Rows
from buurthuis.statistics.frames import touched_by
from buurthuis.statistics.gathering import (
    COLUMNS,
    use_of,
    uses_in,
)

HEADINGS: Final = (
    *(Column.DAY, Column.HOUSE, Column.ROOM, Column.GROUP, Column.STANDING, Column.THEME),
    *(Column.WHY, Column.NUMBER),
)
WITH_OF: Final = (*HEADINGS, Column.OF)

Number = Callable[[Use, Span], tuple[int, int]]
"""What a booking adds by itself, and to what that is divided by."""


@dataclass(frozen=True, slots=True)
class ByItself:
    """A figure to which each booking adds something of its own."""

    bookings: Callable[[Looked], ColumnElement[bool]]
    number: Number
    headings: tuple[Column, ...] = HEADINGS


@dataclass(frozen=True, slots=True)
class ByTime:
    """A figure to which bookings add minutes of spaces, each minute once."""

    bookings: Callable[[Looked], ColumnElement[bool]]
    column: Time
    by_area: bool = False


def _seats(use: Use, span: Span) -> tuple[int, int]:
    both = use.period.intersection(span.period)
    if use.head is None or both is None or not use.capacity:
        return 0, 0
    return use.head.twice * both.minutes, 2 * use.capacity * both.minutes


def _head(which: str) -> Number:
    return lambda use, span: (getattr(use.head, which) if use.head else 0, 0)


ALONE: Final[Mapping[str, ByItself]] = {
    "AANTAL": ByItself(which.took_place, lambda use, span: (1, 0)),
    "STOEL": ByItself(which.seated, _seats, WITH_OF),
    "BEZOEK": ByItself(which.counted, _head("twice")),
    "BEZOEK.LOW": ByItself(which.counted, _head("least")),
    "BEZOEK.HIGH": ByItself(which.counted, _head("most")),
    "KORT": ByItself(which.given, lambda use, span: (use.given_cents, use.list_cents), WITH_OF),
    "DEK": ByItself(which.took_place, lambda use, span: (use.income_cents, 0)),
    "GELIJK.ASKED": ByItself(which.asked, lambda use, span: (1, 0)),
    "GELIJK.REFUSAL": ByItself(which.refused, lambda use, span: (1, 0)),
    "GELIJK.ANSWER_DAYS": ByItself(
        which.answered, lambda use, span: ((use.answered_in_minutes or 0) // 60, 0)
    ),
}
IN_TIME: Final[Mapping[str, ByTime]] = {
    "BENUT": ByTime(which.used, Time.USED),
    "BENUT.WITH_SETUP": ByTime(which.used_with_set_up, Time.WITH_SETUP),
    "M2": ByTime(which.used, Time.USED, by_area=True),
    "GELIJK.PRIME": ByTime(which.used, Time.PRIME),
    "VERL": ByTime(which.lost, Time.LOST),
}
OF_STANDINGS: Final = ("KORT", "VERL", "GELIJK.ASKED", "GELIJK.PRIME")
"""After these codes stands a standing."""


def split(code: str) -> tuple[str, str | None]:
    """A code without the standing behind it, and that standing."""
    for begin in OF_STANDINGS:
        if code.startswith(f"{begin}."):
            standing = code.removeprefix(f"{begin}.")
            return begin, "" if standing == NOT_KNOWN else standing
    return code, None


def bookings_behind(looked: Looked) -> Rows:
    """Those behind one figure, each with its number."""
    code, standing = split(looked.code)
    spec: ByItself | ByTime = ALONE[code] if code in ALONE else IN_TIME[code]
    where = and_(spec.bookings(looked), *_filters(looked, standing, in_time=code in IN_TIME))
    rows = db.session.execute(_paged(looked, where)).all()
    uses = [use_of(row, looked.houses[row.venue_id], looked.now) for row in rows]
    names = names_of({use.initiative for use in uses}, with_private=looked.with_private)
    if isinstance(spec, ByItself):
        numbers = {use.id: spec.number(use, looked.span) for use in uses}
        headings = spec.headings
    else:
        minutes = _minutes(spec, uses, looked)
        numbers = {use.id: (minutes[use.id], 0) for use in uses}
        headings = HEADINGS
    found = tuple(row_of(use, numbers[use.id], names) for use in uses)
    return Rows(headings, found, total_of(looked, where))


def row_of(use: Use, number: tuple[int, int], names: Mapping[int, str | None]) -> Row:
    """A booking as a row."""
    return Row(
        kind=Kind.BOOKING,
        id=use.id,
        venue_id=use.venue,
        day=day_of(use.period.start),
        number=number[0],
        of=number[1],
        starts_at=use.period.start,
        ends_at=use.period.end,
        room_id=use.room,
        initiative_id=use.initiative,
        group=names.get(use.initiative),
        standing=use.standing,
        theme=use.theme,
        why=use.fate.value,
    )


def realised_uses(looked: Looked) -> list[Use]:
    """All bookings that took place and begin in the days, in order."""
    where = and_(which.took_place(looked), *_filters(looked, None, in_time=False))
    rows = db.session.execute(_asking(where))
    return [use_of(row, looked.houses[row.venue_id], looked.now) for row in rows]


def total_of(looked: Looked, where: ColumnElement[bool]) -> int:
    """How many bookings there are."""
    return db.session.scalar(_plainly(looked, select(func.count(Booking.id)), where)) or 0


def _plainly(looked: Looked, asked: Select[Any], where: ColumnElement[bool]) -> Select[Any]:
    """Without what only a row shows: themes are looked up where one is asked for."""
    joined = asked.outerjoin(Attendance, Attendance.booking_id == Booking.id).where(where)
    return joined if looked.asked.theme is None else with_tags(joined)


def _asking(where: ColumnElement[bool]) -> Select[Any]:
    asked = select(*COLUMNS).outerjoin(Attendance, Attendance.booking_id == Booking.id)
    return with_tags(asked.where(where)).order_by(Booking.from_at, Booking.id)


def _paged(looked: Looked, where: ColumnElement[bool]) -> Select[Any]:
    """The bookings of the page. Only their numbers are put in order before most are left out."""
    if looked.page.count is None:
        return _asking(where).offset(looked.page.first)
    numbers = _plainly(looked, select(Booking.id), where).order_by(Booking.from_at, Booking.id)
    some = db.session.scalars(numbers.offset(looked.page.first).limit(looked.page.count)).all()
    return _asking(Booking.id.in_(some))


def _filters(
    looked: Looked, standing: str | None, *, in_time: bool
) -> Iterable[ColumnElement[bool]]:
    yield Booking.venue_id.in_(sorted(looked.asked.venue_ids))
    for wanted in (standing, looked.asked.standing):
        if wanted is not None:
            yield Booking.standing.is_not_distinct_from(wanted or None)
    theme = looked.asked.theme
    if theme is not None:
        yield THEME.is_not_distinct_from(theme or None)
    if looked.asked.room_id is not None:
        yield Booking.room_id.in_(_rooms(looked) if in_time else [looked.asked.room_id])


def _rooms(looked: Looked) -> list[int]:
    """The rooms that take one of the spaces of the room that is asked about."""
    return sorted(
        room
        for house in looked.houses.values()
        for room, spaces in house.spaces_of.items()
        if spaces & looked.keeps.spaces
    )


def _minutes(spec: ByTime, uses: Collection[Use], looked: Looked) -> dict[int, int]:
    """What each booking has, by folding its days with its own number in the place of its theme."""
    days: dict[int, set[date]] = defaultdict(set)
    for use in uses:
        wide = use.period.widened(
            before_minutes=use.before_minutes, after_minutes=use.after_minutes
        )
        days[use.venue] |= {day for day in touched_by(wide) if day in looked.span}
    everybody = uses_in(days, looked.now, looked.houses)
    found: dict[int, int] = defaultdict(int)
    for venue, those in days.items():
        house = looked.houses[venue]
        facts = Facts(house.frame(sorted(those)), tuple(map(_by_number, everybody[venue])))
        for sheet in fold_days(facts, sorted(those)).values():
            for key, row in sheet.tables[Table.TIME].items():
                if looked.keeps.room is None or key[1] in looked.keeps.spaces:
                    weight = house.area(int(key[1])) if spec.by_area else 1
                    found[int(key[3])] += weight * row[spec.column]
    return found


def _by_number(use: Use) -> Use:
    return replace(use, theme=str(use.id))
