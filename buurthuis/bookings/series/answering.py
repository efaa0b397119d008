"""The answer of a house to a change of a whole series: one yes or one no for all days that wait."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from buurthuis.accounts.models import Person
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.changes.taking_back import put_in_tray
from buurthuis.bookings.changes.together import close_each, open_days, still_known
from buurthuis.bookings.prospects import check
from buurthuis.bookings.refusals import ChangeIsAnswered, ReasonMissing, RoomRetired
from buurthuis.bookings.series import asked_letters, queries
from buurthuis.bookings.series.asking import the_open_one
from buurthuis.bookings.series.day_shown import DayShown
from buurthuis.bookings.series.models import Series, SeriesChange, Why
from buurthuis.bookings.series.moving import Move, carry_out
from buurthuis.bookings.series.planning import first_to_change, plan_anew
from buurthuis.bookings.series.refusals import DaysInTheWay
from buurthuis.bookings.series.rights import decides
from buurthuis.bookings.series.steps import Opened, opened, permit
from buurthuis.bookings.series.taking_back import remember
from buurthuis.bookings.series.wishes import wish_again
from buurthuis.bookings.steps import own_minutes
from buurthuis.bookings.wishes import Order
from buurthuis.foundation.action import action
from buurthuis.foundation.logbook import note
from buurthuis.rules.answers import AT_ONCE
from buurthuis.rules.availability import Problem
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.states import Status

EXPIRED = ChangeStatus.EXPIRED
GONE = {Problem.TAKEN: Why.TAKEN, Problem.CLOSED: Why.CLOSED}
"""What can have come in the way since it was asked; the rest was looked at then."""


@action
def approve_change(
    series_id: int, *, by: Person, seen: int | None = None, lies_for: timedelta = AT_ONCE
) -> Series:
    """Say yes to a change of a series: all days that wait change, and so does the plan.

    `seen` is the number of the question that was looked at. Days that began meanwhile stay as they
    were. As long as the answer lies (`lies_for`), it can be taken back.

    Raises:
        ChangeIsAnswered: it has been answered or withdrawn, or every day has begun.
        DaysInTheWay: days cannot be had any more; it names them, and nothing changes.
        RoomRetired: the house lends the other room no more.
    """
    found, question, changes = _asked(series_id, by, seen)
    series = found.series
    for each in changes:
        if each.is_into_retired:
            raise RoomRetired(each.room)
    _insist_on_places(changes, found)
    if lies_for:
        remember(question, changes)
    close_each(changes, ChangeStatus.APPROVED, by=by)
    quotes = still_known([each.quote for each in changes])
    moves = [
        Move(one.booking, Wanted.by_change(one), quote)
        for one, quote in zip(changes, quotes, strict=True)
    ]
    changed = carry_out(found, moves, by=by)
    first = first_to_change(found.bookings, question.from_on, found.now)
    plan_anew(series, first, queries.values_of(question))
    _put_in_tray(changes, found.now, lies_for)
    note("series.change_approved", series, by=by, venue_id=series.venue_id, count=len(changed))
    asked_letters.approved(question, changes, by=by)
    return series


@action
def refuse_change(
    series_id: int,
    *,
    by: Person,
    reason: str,
    kind: str = "",
    seen: int | None = None,
    lies_for: timedelta = AT_ONCE,
) -> SeriesChange:
    """Say no to a change of a series, with the reason that the booker will read; all days stay.

    Raises:
        ReasonMissing, ChangeIsAnswered
    """
    if not reason.strip():
        raise ReasonMissing
    found, question, changes = _asked(series_id, by, seen)
    series = found.series
    close_each(changes, ChangeStatus.REFUSED, by=by, reason=reason, kind=kind)
    _put_in_tray(changes, found.now, lies_for)
    note("series.change_refused", series, by=by, venue_id=series.venue_id, count=len(changes))
    asked_letters.refused(question, changes, by=by, reason=reason)
    return question


def _asked(
    series_id: int, by: Person, seen: int | None
) -> tuple[Opened, SeriesChange, Sequence[ChangeRequest]]:
    """The series, what is asked of it, and its days that can still change, all of them locked."""
    before = queries.series(series_id).asked
    values = {} if before is None else queries.values_of(before)
    found = opened(series_id, *([values["room"]] if "room" in values else []))
    permit(decides(by, found.series), found.series, by)
    question = the_open_one(found.series, seen)
    changes = open_days(question)
    close_each([each for each in changes if each.expires_at <= found.now], EXPIRED, by=None)
    still = [each for each in changes if each.is_open and each.booking.status == Status.CONFIRMED]
    if any(each.room_id not in found.spaces for each in still):
        raise ChangeIsAnswered(ChangeStatus.WITHDRAWN)  # Another room is asked for by now.
    return found, question, still


def _put_in_tray(changes: Sequence[ChangeRequest], now: datetime, lies_for: timedelta) -> None:
    """Say when the letter leaves; an earlier letter about one of the days goes first."""
    for each in changes:
        put_in_tray(each, now, lies_for)


def _insist_on_places(changes: Sequence[ChangeRequest], found: Opened) -> None:
    """Name the days whose new place somebody else has by now; their old places do not count.

    Raises:
        DaysInTheWay
    """
    moving = [each for each in changes if Wanted.by_change(each).moves(each.booking)]
    orders = [
        Order(
            each.room,
            wish_again(each.booking, each.period, own_minutes(each.booking, each.room)),
            each.booking.initiative,
            instead_of=each.booking.period,
        )
        for each in moving
    ]
    ignoring = {each.booking_id for each in moving}
    problems = check(orders, now=found.now, spaces=found.spaces, ignoring=ignoring)
    gone = [
        DayShown(queries.day_in_series(each.booking), each.room, each.period, why, what)
        for each, what in zip(moving, problems, strict=True)
        for why in [next((GONE[one] for one in what if one in GONE), None)]
        if why is not None
    ]
    if gone:
        raise DaysInTheWay(gone)
