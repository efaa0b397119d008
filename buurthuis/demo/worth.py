"""What makes figures of the demo believable: how many came, what activities are for, work beside shifts."""

import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert, select

from buurthuis.accounts.queries import people_with_role
from buurthuis.bookings.models import Booking
from buurthuis.bookings.rights import STAFF
from buurthuis.bookings.today.models import Attendance
from buurthuis.demo.neighbours import managers_of
from buurthuis.demo.roster_people import houses_of_demo
from buurthuis.demo.rows import PREFIX, Row
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.evidence.work.models import VolunteerWork, WorkKind
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.rules.attendance import Outcome, band_of
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.spans import Span, months_in
from buurthuis.rules.states import Status
from buurthuis.rules.theme_proposals import BY_PURPOSE
from buurthuis.rules.themes import Theme

COUNTED: Final = 0.82
"""So many bookings are counted, a third of them exactly; the others are for the list of the desk."""
SAID: Final = 0.88
"""So many activities have a theme."""
AT_ONCE: Final = 5000
SAID_AFTER: Final = timedelta(minutes=20)
LONG_AGO: Final = timedelta(days=3)
"""Nobody finds words of the demo among what they said just now themselves."""

OWN_THEMES: Final[dict[str, Theme]] = {
    "Tuinvergadering": Theme.GREEN,
    "Repair Café": Theme.GREEN,
    "Fietsen maken": Theme.GREEN,
    "Overleg buurtpreventie": Theme.SAY,
    "Bewonersoverleg": Theme.SAY,
    "Vergadering van eigenaren": Theme.SAY,
    "Spreekuur formulieren": Theme.HELP,
    "Spreekuur geld": Theme.HELP,
    "Speelgoed uitzoeken": Theme.HELP,
}
DONE: Final = (
    (WorkKind.BOARD, 150, "Vergadering van het bestuur"),
    (WorkKind.COOKING, 180, "Buurtmaaltijd"),
    (WorkKind.REPAIRS, 120, "Klusochtend"),
    (WorkKind.NEIGHBOURS, 90, "Boodschappen voor buren"),
    (WorkKind.BOARD, 60, "Boekhouding"),
)


def bring_worth(*, seed: int) -> int:
    """Say of bookings of the demo that are over who came and what they were for; of how many.

    What was said before stays, and doing it twice adds nothing.
    """
    now = clock.now()
    over = _over(now)
    managers = managers_of({row.venue_id for row in over})
    told = [row for row in over if managers[row.venue_id] is not None]
    known = set(db.session.scalars(select(Attendance.booking_id)))
    asked = select(ActivityTag.booking_id, ActivityTag.series_id)
    tagged = {(row.booking_id, row.series_id) for row in db.session.execute(asked)}
    counts = (_count(row, managers[row.venue_id], seed) for row in told if row.id not in known)
    themes = (
        _theme(row, managers[row.venue_id], seed, now)
        for row in _once_for_each_series(told, tagged)
    )
    _store(Attendance, [row for row in counts if row])
    _store(ActivityTag, [row for row in themes if row])
    _bring_work(over, seed=seed)
    return len(told)


def _over(now: datetime) -> Sequence[Any]:
    asked = select(
        *(Booking.id, Booking.uid, Booking.venue_id, Booking.initiative_id, Booking.status),
        Booking.series_id,
        *(Booking.title, Booking.purpose, Booking.people, Booking.from_at, Booking.to_at),
    ).where(
        Booking.uid.startswith(PREFIX, autoescape=True),
        Booking.status.in_((Status.CONFIRMED, Status.NO_SHOW)),
        Booking.to_at < now,
    )
    return db.session.execute(asked.order_by(Booking.id)).all()


def _once_for_each_series(
    told: Sequence[Any], tagged: set[tuple[int | None, int | None]]
) -> list[Any]:
    """Those of which nobody said what they are for; a word for a series is said of its first booking."""
    series = {series for _, series in tagged}
    bookings = {booking for booking, _ in tagged}
    found = []
    for row in told:
        if row.id not in bookings and (row.series_id is None or row.series_id not in series):
            found.append(row)
            series.add(row.series_id)
    return found


def _luck(*of: object) -> float:
    """A number from 0 to 1, the same for the same things, in whatever order they come."""
    return zlib.crc32(" ".join(map(str, of)).encode()) / 2**32


def _count(row: Any, manager_id: int | None, seed: int) -> Row | None:
    said = {"booking_id": row.id, "said_by_id": manager_id, "said_at": row.to_at + SAID_AFTER}
    said |= {"band": None, "people": None, "released_from_at": None}
    if row.status == Status.NO_SHOW:
        return {**said, "outcome": Outcome.NO_SHOW}
    if _luck(seed, "counted", row.uid) > COUNTED:
        return None
    luck = _luck(seed, "came", row.uid)
    came = max(1, round((row.people or 8) * (0.5 + 0.6 * luck)))
    exact = came if luck < 1 / 3 else None
    return {**said, "outcome": Outcome.CAME, "band": band_of(came), "people": exact}


def _theme(row: Any, manager_id: int | None, seed: int, now: datetime) -> Row | None:
    """One word for everything that a group does under one title."""
    theme = OWN_THEMES.get(row.title) or BY_PURPOSE.get(row.purpose)
    if theme is None or _luck(seed, "theme", row.initiative_id, row.title) > SAID:
        return None
    said_at = min(row.to_at, now - LONG_AGO)
    booking_id = row.id if row.series_id is None else None
    said = {"booking_id": booking_id, "series_id": row.series_id, "audience": None}
    return {**said, "theme": theme, "said_by_id": manager_id, "said_at": said_at}


@action
def _bring_work(over: Sequence[Any], *, seed: int) -> None:
    """Each month some who work in a house write down what they did, where nobody wrote anything."""
    if not over:
        return
    now = clock.now()
    span = Span(day_of(min(row.from_at for row in over)), day_of(now) + timedelta(days=1))
    written = set(db.session.scalars(select(VolunteerWork.venue_id)))
    for venue, manager in houses_of_demo():
        people = [person.id for person in people_with_role(venue, *STAFF) if person.email]
        if venue.id in written or not people:
            continue
        for number, (day, (kind, minutes, words)) in enumerate(
            _days_of_work(span, venue.slug, seed)
        ):
            whose = people[number % len(people)]
            db.session.add(
                VolunteerWork(
                    venue_id=venue.id,
                    person_id=None if kind is WorkKind.COOKING else whose,
                    day=day,
                    minutes=minutes,
                    kind=kind,
                    words=words,
                    said_by_id=manager.id if kind is WorkKind.COOKING else whose,
                    said_at=now - LONG_AGO,
                )
            )


def _days_of_work(
    span: Span, slug: str, seed: int
) -> Iterator[tuple[date, tuple[WorkKind, int, str]]]:
    for month in months_in(span):
        for place, done in enumerate(DONE):
            luck = _luck(seed, "work", slug, month.first, place)
            day = month.first + timedelta(days=int(luck * month.days))
            if luck < 0.85:
                yield day, done


@action
def _piece(model: Any, rows: Sequence[Row]) -> None:
    db.session.execute(insert(model.__table__), rows)


def _store(model: Any, rows: Sequence[Row]) -> None:
    """Store many rows in pieces, so that nobody waits long for the one who writes."""
    for first in range(0, len(rows), AT_ONCE):
        _piece(model, rows[first : first + AT_ONCE])
