"""When somebody can: their week, the days on which it does not hold, how often, and what they like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.roster.holders.models import OtherDays, RosterWish, WeeklyTime
from buurthuis.rules.eligibility import USUAL_MOST_A_WEEK
from buurthuis.rules.offered_times import Times
from buurthuis.venues.models import Venue

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Days:
    """Days on which the week does not hold: away without `span`, else there at those minutes."""

    first: date
    last: date
    span: tuple[int, int] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Availability:
    """All that somebody offers."""

    weekly: tuple[Times, ...] = ()
    days: tuple[Days, ...] = ()
    most_a_week: int = USUAL_MOST_A_WEEK
    likes_to_open: bool = False
    likes_to_close: bool = False

    def on(self, weekday: int) -> tuple[Times, ...]:
        """The times of one day of the week, in order."""
        return tuple(each for each in self.weekly if each.weekday == weekday)

    @property
    def plain(self) -> dict[str, Any]:
        """The same in plain values, to be kept."""
        return {
            "weekly": [[t.weekday, t.starts, t.ends, t.is_liked] for t in self.weekly],
            "days": [
                [d.first.isoformat(), d.last.isoformat(), d.span and list(d.span), d.note]
                for d in self.days
            ],
            "most_a_week": self.most_a_week,
            "likes_to_open": self.likes_to_open,
            "likes_to_close": self.likes_to_close,
        }


def from_plain(kept: dict[str, Any]) -> Availability:
    """What was kept, as it was."""
    return Availability(
        tuple(Times(*each) for each in kept["weekly"]),
        tuple(
            Days(date.fromisoformat(first), date.fromisoformat(last), span and tuple(span), note)
            for first, last, span, note in kept["days"]
        ),
        kept["most_a_week"],
        kept["likes_to_open"],
        kept["likes_to_close"],
    )


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose times a page is about: one's own, or in a house those of somebody without e-mail."""

    person: Person
    venue: Venue | None = None
    weekday: int | None = None
    days: OtherDays | None = None


def availability_of(person: Person) -> Availability:
    """All that somebody offers now."""
    wish = wish_of(person)
    weekly = db.session.scalars(
        select(WeeklyTime)
        .where(WeeklyTime.person_id == person.id)
        .order_by(WeeklyTime.weekday, WeeklyTime.starts_minute, WeeklyTime.id)
    )
    return Availability(
        tuple(Times(w.weekday, w.starts_minute, w.ends_minute, w.is_liked) for w in weekly),
        tuple(days_of(row) for row in other_days_of(person)),
        USUAL_MOST_A_WEEK if wish is None else wish.most_a_week,
        wish is not None and wish.likes_to_open,
        wish is not None and wish.likes_to_close,
    )


def other_days_of(person: Person) -> Sequence[OtherDays]:
    """The days on which somebody's week does not hold, in order."""
    asked = select(OtherDays).where(OtherDays.person_id == person.id)
    return db.session.scalars(asked.order_by(OtherDays.from_on, OtherDays.id)).all()


def days_of(row: OtherDays) -> Days:
    """A row as a value."""
    if row.starts_minute is None or row.ends_minute is None:
        return Days(row.from_on, row.to_on, None, row.note)
    return Days(row.from_on, row.to_on, (row.starts_minute, row.ends_minute), row.note)


def wish_of(person: Person) -> RosterWish | None:
    """How much somebody wants to do, when they said so."""
    return db.session.get(RosterWish, person.id)


def whose(
    person: Person,
    venue: Venue | None = None,
    *,
    weekday: str | None = None,
    days_id: int | None = None,
) -> Whose:
    """What of somebody's times is meant.

    Raises:
        NotFound: there is no such day, or those days are somebody else's.
    """
    if weekday is not None and weekday not in WEEKDAYS:
        raise NotFound
    row = None if days_id is None else db.session.get(OtherDays, days_id)
    if days_id is not None and (row is None or row.person_id != person.id):
        raise NotFound
    return Whose(person, venue, None if weekday is None else WEEKDAYS.index(weekday), row)
