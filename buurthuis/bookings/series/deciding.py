"""The verbs that answer and end a series: yes or no to all of it, and cancelling the rest."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings.bundles.company import has_needy, left_alone_by
from buurthuis.bookings.calling_off import call_off, give_back_many
from buurthuis.bookings.letters import let_answers_go
from buurthuis.bookings.models import Booking
from buurthuis.bookings.prospects import check
from buurthuis.bookings.refusals import ChangedMeanwhile, ReasonMissing
from buurthuis.bookings.series import letters
from buurthuis.bookings.series.day_shown import DayShown
from buurthuis.bookings.series.models import Series, Why
from buurthuis.bookings.series.queries import day_in_series, is_exception, mark_of, waiting
from buurthuis.bookings.series.refusals import DaysInTheWay, NothingLeft
from buurthuis.bookings.series.rights import cancels, decides
from buurthuis.bookings.series.steps import Opened, opened, permit
from buurthuis.bookings.steps import decided, go, use_of
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.occupancy.models import Occupancy
from buurthuis.rules.answers import AT_ONCE
from buurthuis.rules.availability import Problem
from buurthuis.rules.states import Verb


@action
def approve_series(
    series_id: int, *, by: Person, seen: int | None = None, lies_for: timedelta = AT_ONCE
) -> Series:
    """Say yes to every day that still waits; each place is checked again in the same transaction.

    `seen` is the mark of the days that were looked at (`queries.mark_of`). As long as the answer
    lies (`lies_for`), it can be taken back.

    Raises:
        NothingLeft: no day waits for an answer.
        ChangedMeanwhile: the booker changed something after it was seen.
        DaysInTheWay: somebody else has places by now (a house whose requests hold none).
    """
    found, asked = _asked(series_id, by, seen)
    for booking in asked:
        go(booking, Verb.APPROVE)
        decided(booking, by, found.now, lies_for)
    _hold(asked, found)
    _noted("series.approved", found, asked, by)
    letters.confirmed(found.series, asked, by=by)
    return found.series


@action
def refuse_series(
    series_id: int,
    *,
    by: Person,
    reason: str,
    kind: str = "",
    seen: int | None = None,
    lies_for: timedelta = AT_ONCE,
) -> Series:
    """Say no to every day that still waits, with the reason that the booker will read.

    Raises:
        ReasonMissing, NothingLeft, ChangedMeanwhile
    """
    if not reason.strip():
        raise ReasonMissing
    found, asked = _asked(series_id, by, seen)
    for booking in asked:
        go(booking, Verb.REFUSE)
        booking.refusal_reason, booking.refusal_kind = reason, kind or None
        decided(booking, by, found.now, lies_for)
    claims.release_many([booking.id for booking in asked])
    _noted("series.refused", found, asked, by)
    letters.refused(found.series, asked, by=by, reason=reason)
    _call_off_what_is_alone(asked, found, by, reason)
    return found.series


@action
def cancel_series(series_id: int, from_day: date, *, by: Person, reason: str = "") -> list[Booking]:
    """Give back the days from a day on; what has begun and what was changed by itself stays.

    Returns what was cancelled.

    Raises:
        NothingLeft: there is nothing to cancel from that day on.
    """
    found = opened(series_id)
    series = found.series
    ending = [each for each in found.to_come(from_day) if not is_exception(series, each)]
    return _cancelled(found, ending, by, reason)


@action
def cancel_all(series_id: int, from_day: date, *, by: Person, reason: str = "") -> list[Booking]:
    """As `cancel_series`, with the days that were changed by themselves.

    Raises:
        NothingLeft
    """
    found = opened(series_id)
    return _cancelled(found, found.to_come(from_day), by, reason)


def _asked(series_id: int, by: Person, seen: int | None) -> tuple[Opened, list[Booking]]:
    found = opened(series_id)
    permit(decides(by, found.series), found.series, by)
    asked = waiting(found.bookings, now=found.now)
    if not asked:
        raise NothingLeft
    if seen is not None and seen != mark_of(asked):
        raise ChangedMeanwhile
    let_answers_go(found.bookings)
    return found, asked


def _hold(asked: Sequence[Booking], found: Opened) -> None:
    """Claim what is not held yet; name the days on which somebody else was first."""
    ids = [booking.id for booking in asked]
    held = select(Occupancy.booking_id).where(Occupancy.booking_id.in_(ids)).distinct()
    held_ids = set(db.session.scalars(held))
    missing = [booking for booking in asked if booking.id not in held_ids]
    orders = [Order(each.room, _wish(each), each.initiative) for each in missing]
    problems = check(orders, now=found.now, spaces=found.spaces)
    taken = [
        DayShown(day_in_series(booking), booking.room, booking.period, Why.TAKEN, what)
        for booking, what in zip(missing, problems, strict=True)
        if Problem.TAKEN in what
    ]
    if taken:
        raise DaysInTheWay(taken)
    claims.claim_many([use_of(booking) for booking in missing], found.spaces)


def _wish(booking: Booking) -> Wish:
    return Wish(booking.period, booking.people, booking.title, booking.purpose)


def _cancelled(found: Opened, ending: Sequence[Booking], by: Person, reason: str) -> list[Booking]:
    permit(cancels(by, found.series), found.series, by)
    if not ending:
        raise NothingLeft
    certain = give_back_many(ending, by=by, now=found.now)
    _noted("series.cancelled", found, ending, by)
    letters.cancelled(found.series, ending, by=by, reason=reason, certain=certain)
    _call_off_what_is_alone(ending, found, by, reason)
    return list(ending)


def _call_off_what_is_alone(
    ended: Sequence[Booking], found: Opened, by: Person, reason: str
) -> None:
    """What the group has beside it, and goes only with one of these rooms, ends as well."""
    for booking in ended if has_needy([(each, each.period) for each in ended]) else ():
        for alone in left_alone_by(booking):
            call_off(alone, by=by, now=found.now, reason=reason)


def _noted(verb: str, found: Opened, bookings: Sequence[Booking], by: Person) -> None:
    series = found.series
    note(verb, series, by=by, venue_id=series.venue_id, count=len(bookings))
