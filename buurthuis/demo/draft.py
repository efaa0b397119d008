"""One booking of the demo, before it is stored: the idea, and then the idea that found its place."""

from dataclasses import dataclass, field
from datetime import date, datetime

from buurthuis.bookings.notice import DueAt, due_by
from buurthuis.bookings.series.models import Why
from buurthuis.demo.neighbours import Neighbour
from buurthuis.demo.places import Place
from buurthuis.demo.prices import Price
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose


@dataclass(frozen=True, slots=True, eq=False)
class Weekly:
    """What all days of a group that comes back share; `missed` are the days that it could not have."""

    every: int
    span: tuple[int, int]
    people: int
    remark: str
    missed: dict[date, Why] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Idea:
    """Who would like which room, when and what for; `waits` is still to be answered by the house."""

    place: Place
    period: Period
    who: Neighbour
    title: str
    purpose: Purpose
    is_public: bool
    made_at: datetime
    waits: bool = False
    weekly: Weekly | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An idea for which the room is free, with how many come and what it costs."""

    idea: Idea
    people: int
    price: Price

    @property
    def due_at(self) -> DueAt:
        """What cancelling it costs at any moment."""
        return due_by(
            self.price.policy,
            price_cents=self.price.priced.quote.total_cents,
            starts_at=self.idea.period.start,
            notice_hours=self.idea.place.venue.cancel_notice_hours,
        )

    @property
    def order(self) -> tuple[datetime, datetime, int]:
        """Bookings are stored in the order in which they were made."""
        return self.idea.made_at, self.idea.period.start, self.idea.place.room.id
