"""A change as it lies in the inbox of a house: what becomes of what, what it costs, how long it waits."""

from dataclasses import dataclass
from datetime import datetime

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import queries
from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.changes.words import Row, difference, rows_of
from buurthuis.pages.desk_words import age
from buurthuis.rules.answers import is_late
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One change as it lies in the inbox."""

    change: ChangeRequest
    rows: list[Row]
    difference: str
    age: str
    is_late: bool


def change_cards(venue: Venue, now: datetime) -> list[ChangeCard]:
    """Every change that waits for this house, oldest first."""
    return [card_of(each, now) for each in queries.changes_waiting(venue, now=now)]


def card_of(asked: ChangeRequest, now: datetime) -> ChangeCard:
    """One change, looked at now."""
    within = asked.venue.answer_within_hours
    wanted = Wanted(asked.room, asked.period, queries.words_of(asked))
    return ChangeCard(
        change=asked,
        rows=rows_of(asked.booking, wanted),
        difference=difference(asked.total_cents - asked.booking.total_cents),
        age=age(asked.asked_at, now),
        is_late=is_late(asked_at=asked.asked_at, now=now, within_hours=within),
    )
