"""How a house answered: how many asked, how many heard yes or no, and why not."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import CHANGES
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

OWN_WORDS = ""
"""The kind of a refusal that was given in words of one's own."""


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Answers to requests and changes in a period; `why_not` counts the kinds of reasons."""

    yes: int
    no: int
    why_not: dict[str, int] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """How many got an answer."""
        return self.yes + self.no


def answers_of(venue: Venue, period: Period) -> AnswerCounts:
    """What a house answered to requests and changes within a period; two statements.

    A yes that was cancelled later still was a yes. What is answered lies ahead, so bookings that
    began before the period are not read.
    """
    requests = (
        select(Booking.status, Booking.refusal_kind, func.count())
        .where(
            Booking.venue_id == venue.id,
            Booking.from_at >= period.start,
            Booking.decided_at >= period.start,
            Booking.decided_at < period.end,
        )
        .group_by(Booking.status, Booking.refusal_kind)
    )
    changes = (
        select(ChangeRequest.status, ChangeRequest.refusal_kind, CHANGES)
        .where(
            ChangeRequest.venue_id == venue.id,
            ChangeRequest.status.in_({ChangeStatus.APPROVED, ChangeStatus.REFUSED}),
            ChangeRequest.decided_at >= period.start,
            ChangeRequest.decided_at < period.end,
        )
        .group_by(ChangeRequest.status, ChangeRequest.refusal_kind)
    )
    yes, why_not = 0, Counter[str]()
    for status, kind, count in [*db.session.execute(requests), *db.session.execute(changes)]:
        if status in {Status.REFUSED, ChangeStatus.REFUSED}:
            why_not[kind or OWN_WORDS] += count
        else:
            yes += count
    return AnswerCounts(yes, why_not.total(), dict(why_not.most_common()))
