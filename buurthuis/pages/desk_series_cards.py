"""A change of a series as it lies in the inbox of a house: one card for all its days."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.rivals import Rivals
from buurthuis.bookings.changes.words import Row
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.asked_words import Asked, asked_together
from buurthuis.bookings.series.models import SeriesChange
from buurthuis.bookings.series.queries import days_of_questions
from buurthuis.pages.desk_words import age
from buurthuis.rules.answers import is_late
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class SeriesChangeCard:
    """One change of a series as it lies in the inbox; `clashes` want a place that it asks for."""

    asked: Asked
    rows: list[Row]
    difference: str
    age: str
    is_late: bool
    clashes: Sequence[Booking] = ()

    @property
    def question(self) -> SeriesChange:
        """What was asked, for all days."""
        return self.asked.question

    @property
    def first(self) -> Booking:
        """The first of its days as it is now."""
        return self.asked.days[0].booking

    @property
    def url(self) -> str:
        """Where all its days stand."""
        return url_for("bookings.series", series_id=self.question.series_id)

    @property
    def total_cents(self) -> int:
        """What all its days would cost."""
        return self.asked.total_cents

    @property
    def can_be_taken_back(self) -> bool:
        """Its answer lies still."""
        return any(each.answer_leaves_at for each in self.asked.days)


def series_change_cards(
    venue: Venue, waiting: Iterable[ChangeRequest], now: datetime, rivals: Rivals | None = None
) -> list[SeriesChangeCard]:
    """The changes of series among those that wait for this house, oldest first."""
    return [_card(each, venue, now, rivals or {}) for each in asked_together(waiting)]


def series_cards_with(
    numbers: Collection[int], venue: Venue, now: datetime
) -> list[SeriesChangeCard]:
    """Changes of series by number, that this house is or was asked for, in the order of asking.

    Of one that waits only the days that wait: some may have their answer by themselves.
    """
    days = [
        each
        for each in days_of_questions(numbers, venue)
        if each.is_open or not (each.series_change and each.series_change.is_open)
    ]
    return [_card(each, venue, now, {}) for each in asked_together(days)]


def _card(asked: Asked, venue: Venue, now: datetime, rivals: Rivals) -> SeriesChangeCard:
    within, own = venue.answer_within_hours, {each.booking_id for each in asked.days}
    others = {other.id: other for day in asked.days for other in rivals.get(day.id, ())}
    return SeriesChangeCard(
        asked=asked,
        rows=asked.rows,
        difference=asked.difference,
        age=age(asked.question.asked_at, now),
        is_late=is_late(asked_at=asked.question.asked_at, now=now, within_hours=within),
        clashes=[other for number, other in others.items() if number not in own],
    )
