"""Activities of which nobody said what they are for: most hours first, series and what is alike once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, case, func, null, select, type_coerce

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.evidence.tags.queries import OWN, SHARED, with_tags
from buurthuis.foundation.db import db
from buurthuis.foundation.rows import number_sent
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import Status
from buurthuis.rules.theme_proposals import proposed
from buurthuis.rules.themes import Theme

PER_PAGE: Final = 25
SECONDS: ColumnElement[int] = type_coerce(Booking.to_at, BigInteger) - type_coerce(
    Booking.from_at, BigInteger
)


@dataclass(frozen=True, slots=True)
class Line:
    """One activity: a series, or single bookings of one group with one title.

    `key` is how a page names it: `s12` for a series, `b34` for everything like booking 34.
    """

    key: str
    title: str
    group: str
    times: int
    minutes: int
    latest: datetime
    proposal: Theme | None
    by_group: bool
    """The proposal is what the group said of others, and not a guess from the kind of activity."""


@dataclass(frozen=True, slots=True)
class Untold:
    """One page of such activities, and how many there are."""

    lines: Sequence[Line] = ()
    count: int = 0
    minutes: int = 0


def looks_back_to(now: datetime) -> date:
    """The first day of last year: what is longer ago says little, and would make the list long."""
    return date(day_of(now).year - 1, 1, 1)


def took_place(venue_ids: Collection[int], since: datetime, until: datetime) -> tuple[Any, ...]:
    """Bookings of these houses that began in a span of time, are over by its end, and went through."""
    return (
        Booking.venue_id.in_(venue_ids),
        Booking.status == Status.CONFIRMED,
        Booking.from_at >= since,
        Booking.from_at < until,
        Booking.to_at <= until,
    )


def has_no_theme() -> ColumnElement[bool]:
    """Nobody said anything, in a selection that went through `with_tags`."""
    return OWN.id.is_(None) & SHARED.id.is_(None)


def untold_in(venue_id: int, now: datetime, *, first: int = 0) -> Untold:
    """The activities of a house of this year and the last without a theme, from number `first` on."""
    own_title = case((Booking.series_id.is_(None), Booking.title), else_=null())
    minutes = func.sum(SECONDS) // 60
    asked = (
        _of_house(
            select(
                Booking.series_id,
                Booking.initiative_id,
                func.max(Booking.id),
                func.max(Booking.title),
                func.max(Booking.purpose),
                func.max(Booking.from_at),
                func.count(),
                minutes,
                func.count().over(),
                func.sum(minutes).over(),
            ),
            venue_id,
            now,
        )
        .group_by(Booking.series_id, Booking.initiative_id, own_title)
        .order_by(minutes.desc(), func.max(Booking.id))
        .offset(first)
        .limit(PER_PAGE)
    )
    rows = db.session.execute(asked).all()
    if not rows:
        return Untold()
    groups = {row.initiative_id for row in rows}
    said, names = said_by_groups(groups), _names_of(groups)
    lines = [
        Line(
            key=f"b{booking_id}" if series_id is None else f"s{series_id}",
            title=title,
            group=names[group_id],
            times=times,
            minutes=int(length),
            latest=latest,
            proposal=proposed(Purpose(purpose), said.get(group_id, ())),
            by_group=group_id in said,
        )
        for series_id, group_id, booking_id, title, purpose, latest, times, length, *_all in rows
    ]
    return Untold(lines, rows[0][-2], int(rows[0][-1]))


def behind(venue_id: int, keys: Iterable[str], now: datetime) -> tuple[list[Series], list[Booking]]:
    """The series and the single bookings that these lines stand for, locked; strange keys name nothing."""
    numbers: dict[str, list[int]] = {"s": [], "b": []}
    for key in keys:
        kind, number = key[:1], key[1:]
        known = number_sent(number)
        if kind in numbers and known is not None:
            numbers[kind].append(known)
    series = select(Series).where(Series.id.in_(numbers["s"]), Series.venue_id == venue_id)
    told = select(ActivityTag.series_id).where(ActivityTag.series_id.in_(numbers["s"]))
    open_series = series.where(Series.id.not_in(told)).order_by(Series.id)
    found = list(db.session.scalars(open_series.with_for_update(of=Series))) if numbers["s"] else []
    return found, _alike(venue_id, numbers["b"], now) if numbers["b"] else []


def said_by_groups(initiative_ids: Collection[int]) -> dict[int, list[Theme]]:
    """Every theme that was said of an activity of these groups, in whatever house."""
    of_bookings = select(Booking.initiative_id, ActivityTag.theme).join(
        ActivityTag, ActivityTag.booking_id == Booking.id
    )
    of_series = select(Series.initiative_id, ActivityTag.theme).join(
        ActivityTag, ActivityTag.series_id == Series.id
    )
    both = of_bookings.where(Booking.initiative_id.in_(initiative_ids)).union_all(
        of_series.where(Series.initiative_id.in_(initiative_ids))
    )
    found: dict[int, list[Theme]] = {}
    for group_id, theme in db.session.execute(both):
        found.setdefault(group_id, []).append(Theme(theme))
    return found


def _of_house(asked: Any, venue_id: int, now: datetime) -> Select[Any]:
    since = day_period(looks_back_to(now)).start
    taken_place = took_place({venue_id}, since, now)
    return with_tags(asked.select_from(Booking)).where(*taken_place, has_no_theme())


def _alike(venue_id: int, booking_ids: Sequence[int], now: datetime) -> list[Booking]:
    """Single bookings of the same group with the same title as one of these, without a theme."""
    one = select(Booking.initiative_id, Booking.title).where(
        Booking.id.in_(booking_ids), Booking.venue_id == venue_id, Booking.series_id.is_(None)
    )
    wanted = {tuple(row) for row in db.session.execute(one)}
    groups = {group_id for group_id, _title in wanted}
    asked = _of_house(select(Booking), venue_id, now).where(
        Booking.series_id.is_(None), Booking.initiative_id.in_(groups)
    )
    locking = asked.order_by(Booking.id).with_for_update(of=Booking)
    return [
        each for each in db.session.scalars(locking) if (each.initiative_id, each.title) in wanted
    ]


def _names_of(initiative_ids: Collection[int]) -> dict[int, str]:
    asked = select(Initiative.id, Initiative.name).where(Initiative.id.in_(initiative_ids))
    return dict(db.session.execute(asked).all())
