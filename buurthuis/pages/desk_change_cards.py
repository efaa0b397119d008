"""A change as it lies in the inbox of a house: what becomes of what, what it costs, what stops it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import queries
from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.changes.rivals import rivals_of_changes
from buurthuis.bookings.changes.steps import insist_along
from buurthuis.bookings.changes.words import Row, difference, rows_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import RoomRetired
from buurthuis.foundation.errors import Refusal, sentence_of
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
    clashes: Sequence[Booking]

    @property
    def stops(self) -> str:
        """Why not everything could go along if the house said yes now, or ""."""
        wanted = Wanted.by_change(self.change)
        if not wanted.moves(self.change.booking):
            return ""
        if self.change.is_into_retired:
            return sentence_of(RoomRetired(self.change.room))
        try:
            insist_along(self.change.booking, wanted)
        except Refusal as refusal:
            return sentence_of(refusal)
        return ""


def change_cards(venue: Venue, now: datetime) -> list[ChangeCard]:
    """Every change that waits for this house, oldest first."""
    waiting = queries.changes_waiting(venue, now=now)
    rivals = rivals_of_changes(venue, waiting) if waiting else {}
    return [card_of(each, now, rivals.get(each.id, ())) for each in waiting]


def card_of(asked: ChangeRequest, now: datetime, clashes: Sequence[Booking] = ()) -> ChangeCard:
    """One change, looked at now."""
    within = asked.venue.answer_within_hours
    return ChangeCard(
        change=asked,
        rows=rows_of(asked.booking, Wanted.by_change(asked)),
        difference=difference(asked.total_cents - asked.booking.total_cents),
        age=age(asked.asked_at, now),
        is_late=is_late(asked_at=asked.asked_at, now=now, within_hours=within),
        clashes=clashes,
    )
