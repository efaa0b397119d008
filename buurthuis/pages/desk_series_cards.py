"""A change of a series as it lies in the inbox of a house: one card for all its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.asked_words import Asked, asked_together
from buurthuis.pages.desk_words import age
from buurthuis.rules.answers import is_late
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class SeriesChangeCard:
    """One change of a series as it lies in the inbox."""

    asked: Asked
    age: str
    is_late: bool

    @property
    def first(self) -> Booking:
        """The first of its days as it is now."""
        return self.asked.days[0].booking


def series_change_cards(
    venue: Venue, waiting: Sequence[ChangeRequest], now: datetime
) -> list[SeriesChangeCard]:
    """The changes of series among those that wait for this house, oldest first."""
    within = venue.answer_within_hours
    return [
        SeriesChangeCard(
            asked=each,
            age=age(each.question.asked_at, now),
            is_late=is_late(asked_at=each.question.asked_at, now=now, within_hours=within),
        )
        for each in asked_together(waiting)
    ]
