"""Requests and changes that wait longer than a house promised: who sees them, and who hears of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from buurthuis.accounts.queries import coordinators_with_address
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import WITH_ITS_BOOKING, waiting_for
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock, outbox
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.links import absolute
from buurthuis.rules.answers import overdue_since
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What somebody asked and nobody answered: a booking, or a change of one; of a series its first day."""

    booking: Booking
    venue: Venue
    asked_at: datetime
    change: ChangeRequest | None = None

    @property
    def from_at(self) -> datetime:
        """When it would begin."""
        return self.booking.from_at if self.change is None else self.change.from_at

    @property
    def question(self) -> tuple[str, int]:
        """What it is a part of: all days of a series are answered together."""
        if self.change is not None:
            whole = self.change.series_change_id
            return ("change", self.change.id) if whole is None else ("series change", whole)
        series = self.booking.series_id
        return ("booking", self.booking.id) if series is None else ("series", series)


def unanswered(venue: Venue, *, since: datetime, now: datetime) -> list[Unanswered]:
    """What was asked of a house at this moment or before and still waits, the oldest first."""
    requests = (
        select(Booking)
        .where(
            Booking.venue_id == venue.id,
            Booking.status == Status.REQUESTED,
            Booking.created_at <= since,
        )
        .options(joinedload(Booking.initiative))
    )
    changes = waiting_for(now).where(
        ChangeRequest.venue_id == venue.id, ChangeRequest.asked_at <= since
    )
    found = [
        *(_request(each, venue) for each in db.session.scalars(requests)),
        *(_change(each) for each in db.session.scalars(changes.options(*WITH_ITS_BOOKING))),
    ]
    return once_each(sorted(found, key=lambda each: (each.asked_at, each.booking.id)))


def once_each(found: Iterable[Unanswered]) -> list[Unanswered]:
    """The same without the further days of a series."""
    firsts: dict[tuple[str, int], Unanswered] = {}
    for each in found:
        firsts.setdefault(each.question, each)
    return list(firsts.values())


@action
def tell_of_overdue() -> int:
    """Write to the coordinators of each house about what waits twice as long as it promised.

    Each request is told of once. A house without a coordinator tells its managers. Returns how
    many requests and changes were told of.
    """
    now = clock.now()
    shortest = db.session.scalar(select(func.min(Venue.answer_within_hours)))
    if shortest is None:
        return 0
    since = overdue_since(now=now, within_hours=shortest)
    by_house: dict[int, list[Unanswered]] = defaultdict(list)
    for each in (*_requests_not_told(since), *_changes_not_told(since, now)):
        within = each.venue.answer_within_hours
        if each.asked_at <= overdue_since(now=now, within_hours=within):
            by_house[each.venue.id].append(each)
    told = 0
    for waiting in by_house.values():
        questions = once_each(waiting)
        _tell(waiting[0].venue, questions)
        told += len(questions)
        for each in waiting:
            (each.change or each.booking).overdue_told_at = now
    _write_down_other_days(by_house.values(), now)
    return told


def _write_down_other_days(told: Iterable[Sequence[Unanswered]], now: datetime) -> None:
    """The days of these series beyond what was read at once are told of as well."""
    wholes = {each.question for waiting in told for each in waiting}
    for kind, column, told_at in (
        ("series", Booking.series_id, Booking.overdue_told_at),
        ("series change", ChangeRequest.series_change_id, ChangeRequest.overdue_told_at),
    ):
        numbers = [number for of, number in wholes if of == kind]
        if numbers:
            of_these = update(column.class_).where(column.in_(numbers), told_at.is_(None))
            db.session.execute(of_these.values(overdue_told_at=now))


def _requests_not_told(since: datetime) -> list[Unanswered]:
    question = (
        select(Booking)
        .where(
            Booking.status == Status.REQUESTED,
            Booking.overdue_told_at.is_(None),
            Booking.created_at <= since,
        )
        .options(joinedload(Booking.venue), joinedload(Booking.initiative))
        .order_by(Booking.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Booking, skip_locked=True)
    )
    return [_request(each, each.venue) for each in db.session.scalars(question)]


def _changes_not_told(since: datetime, now: datetime) -> list[Unanswered]:
    question = (
        waiting_for(now)
        .where(ChangeRequest.overdue_told_at.is_(None), ChangeRequest.asked_at <= since)
        .options(*WITH_ITS_BOOKING)
        .order_by(ChangeRequest.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=ChangeRequest, skip_locked=True)
    )
    return [_change(each) for each in db.session.scalars(question)]


def _request(booking: Booking, venue: Venue) -> Unanswered:
    return Unanswered(booking, venue, booking.created_at)


def _change(change: ChangeRequest) -> Unanswered:
    return Unanswered(change.booking, change.venue, change.asked_at, change)


def _tell(venue: Venue, waiting: Sequence[Unanswered]) -> None:
    for person in coordinators_with_address(venue):
        if person.email:
            facts: dict[str, Any] = {
                "person_name": person.name,
                "venue_name": venue.name,
                "within_hours": venue.answer_within_hours,
                "waiting": [_facts(each) for each in waiting],
                "link": absolute("desk.people", slug=venue.slug),
            }
            outbox.post("answers_overdue", person.email, person.language, facts)


def _facts(each: Unanswered) -> dict[str, str]:
    return {
        "title": each.booking.title,
        "initiative_name": each.booking.initiative.name,
        "from_iso": rfc3339(each.from_at),
    }
