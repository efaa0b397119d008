"""Taking back a yes or a no to a change of a whole series that nobody has heard yet (decision 23)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings import letters
from buurthuis.bookings.bundles.company import insist_on_company_of_each
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import taking_back
from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.changes.taking_back import remembered, reopen, write_back
from buurthuis.bookings.changes.together import hold_each
from buurthuis.bookings.refusals import AnswerHasLeft, PlaceIsGone
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.models import Series, SeriesChange, SeriesPlan
from buurthuis.bookings.series.planning import PLANNED
from buurthuis.bookings.series.rights import decides
from buurthuis.bookings.series.steps import Opened, opened, permit
from buurthuis.bookings.steps import touch, use_of
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.standing import Purpose
from buurthuis.venues.models import Room


def remember(question: SeriesChange, changes: Sequence[ChangeRequest]) -> None:
    """Keep what a yes is about to change: the plans, and each day with its price and its place."""
    question.before = {"plans": [_plain(plan) for plan in question.series.plans]}
    for each in changes:
        each.before = remembered(each.booking)


def take_back(series_id: int, *, by: Person) -> list[ChangeRequest]:
    """Let a change of a series wait again; its days, their prices and the plan are what they were.

    Raises:
        AnswerHasLeft: the letter has gone, or something else happened to one of the days.
        PlaceIsGone: somebody else has an old place, or what the change held.
        OutOfStock, LeavesAlone: as for one booking.
    """
    try:
        return _take_back(series_id, by=by)
    except RoomTaken as taken:
        raise PlaceIsGone from taken


@action
def _take_back(series_id: int, *, by: Person) -> list[ChangeRequest]:
    question = _last(queries.series(series_id))
    rooms = {each.room_id: each.room for each in _answered(question)}
    found = opened(series_id, *rooms.values(), *_rooms_before(question))
    series = found.series
    permit(decides(by, series), series, by)
    question = _last(series)
    changes = _answered(question, is_locked=True)
    answer, days = question.status, [each.booking for each in changes]
    is_lying = bool(changes) and all(taking_back.is_in_tray(each, found.now) for each in changes)
    if not is_lying or not letters.taken_back(days, changes[0].decided_at):
        raise AnswerHasLeft
    before, question.status, question.before = question.before, ChangeStatus.ASKED, None
    if before is not None:
        _restore_days(changes, found)
        _restore_plans(series, before["plans"])
    _hold_again(changes, found)
    note("series.taken_back", series, by=by, venue_id=series.venue_id, answer=str(answer))
    return list(changes)


def _last(series: Series) -> SeriesChange:
    if series.asked is not None or not series.changes:
        raise AnswerHasLeft
    return series.changes[-1]


def _answered(question: SeriesChange, *, is_locked: bool = False) -> Sequence[ChangeRequest]:
    """The days of a question whose answer lies."""
    asked = select(ChangeRequest).where(
        ChangeRequest.series_change_id == question.id, ChangeRequest.answer_leaves_at.is_not(None)
    )
    if is_locked:
        asked = asked.with_for_update(of=ChangeRequest)
    found = asked.order_by(ChangeRequest.id).execution_options(populate_existing=True)
    return db.session.scalars(found).all()


def _rooms_before(question: SeriesChange) -> list[Room]:
    ids = {each.before["room"] for each in _answered(question) if each.before is not None}
    return [db.session.get_one(Room, each) for each in sorted(ids)]


def _restore_days(changes: Sequence[ChangeRequest], found: Opened) -> None:
    """Give each day its old place, words and price; all new places go before."""
    had = [(each.booking, each.booking.period) for each in changes]
    claims.release_many([booking.id for booking, _ in had])
    for each in changes:
        write_back(each.booking, each.before or {})
    db.session.flush()
    claims.claim_many([use_of(booking) for booking, _ in had], found.spaces)
    insist_on_company_of_each(had)


def _hold_again(changes: Sequence[ChangeRequest], found: Opened) -> None:
    for each in changes:
        reopen(each)
        touch(each.booking, found.now)
    db.session.flush()
    moving = [each for each in changes if Wanted(each.room, each.period).moves(each.booking)]
    if found.series.venue.requests_occupy:
        hold_each(moving, found.spaces)


def _plain(plan: SeriesPlan) -> dict[str, Any]:
    values = {name: getattr(plan, name) for name in PLANNED if name not in {"room", "extras"}}
    return {
        **values,
        "purpose": str(plan.purpose),
        "from_on": plan.from_on.isoformat(),
        "extras": [list(each) for each in plan.extras],
    }


def _restore_plans(series: Series, plans: Sequence[Mapping[str, Any]]) -> None:
    before = {date.fromisoformat(each["from_on"]): each for each in plans}
    for plan in list(series.plans):
        if plan.from_on not in before:
            series.plans.remove(plan)
            db.session.delete(plan)
            continue
        for name, value in before[plan.from_on].items():
            if name not in {"from_on", "extras", "purpose", "room_id"}:
                setattr(plan, name, value)
        plan.purpose = Purpose(before[plan.from_on]["purpose"])
        plan.room = db.session.get_one(Room, before[plan.from_on]["room_id"])
