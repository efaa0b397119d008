"""Asking a house for a change of a whole series: one question, beside each of its days."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert

from buurthuis.accounts.models import Person
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.together import (
    asked_values,
    close_each,
    hold_each,
    open_changes,
    open_days,
)
from buurthuis.bookings.letters import let_answer_go
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import ChangeIsAnswered
from buurthuis.bookings.series import asked_letters
from buurthuis.bookings.series.looking import Step
from buurthuis.bookings.series.models import Series, SeriesChange
from buurthuis.bookings.series.moving import insist_on_room
from buurthuis.bookings.series.planning import new_values
from buurthuis.bookings.series.queries import days_waiting
from buurthuis.bookings.series.rights import edits
from buurthuis.bookings.series.steps import Opened, opened, permit
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.rules.changes import ChangeStatus


def asked_before(series: Series, steps: Sequence[Step]) -> SeriesChange | None:
    """What was asked before, when it asks the same of the same days."""
    question = series.asked
    if question is None:
        return None
    waiting = {each.booking_id: each for each in days_waiting(question)}
    is_same = waiting.keys() == {step.booking.id for step in steps} and all(
        step.wanted.is_asked_in(waiting[step.booking.id]) for step in steps
    )
    return question if is_same else None


def ask(
    found: Opened,
    steps: Sequence[Step],
    *,
    first: date,
    values: Mapping[str, Any],
    done: Sequence[Booking],
    by: Person,
) -> SeriesChange:
    """Ask the house for the days that need its yes, and hold what they need besides.

    What was asked before of the series or of one of these days is taken back. `done` are the
    days that changed at once; the letter tells of them too. Rooms and bookings are locked.

    Raises:
        RoomTaken: somebody else holds part of it.
        NotInThisRoom: something goes with a day that is not lent in the room that is asked for.
    """
    series = found.series
    _take_back_what_was_asked(series, steps, by)
    asked = {name: value for name, value in values.items() if name != "room"}
    question = SeriesChange(
        series=series,
        from_on=first,
        values=new_values(series, first, asked),
        status=ChangeStatus.ASKED,
        asked_by_id=by.id,
        asked_at=found.now,
    )
    db.session.add(question)
    db.session.flush()
    days = [_one_day(question, step, found, by) for step in steps]
    db.session.execute(insert(ChangeRequest), days)
    changes = open_days(question)
    if series.venue.requests_occupy:
        moving = {step.booking.id for step in steps if step.meaning.moves}
        hold_each([each for each in changes if each.booking_id in moving], found.spaces)
    count = len(changes)
    note("series.change_asked", series, by=by, venue_id=series.venue_id, count=count)
    asked_letters.asked(question, changes, done=done, by=by)
    return question


@action
def withdraw_change(series_id: int, *, by: Person, seen: int | None = None) -> SeriesChange:
    """Take back what was asked of a series; every day stays as it is. `seen` is its number.

    Raises:
        ChangeIsAnswered: nothing waits any more, or something else than was seen.
    """
    found = opened(series_id)
    series = found.series
    permit(edits(by, series), series, by)
    question = the_open_one(series, seen)
    changes = open_days(question)
    close_each(changes, ChangeStatus.WITHDRAWN, by=by)
    count = len(changes)
    note("series.change_withdrawn", series, by=by, venue_id=series.venue_id, count=count)
    asked_letters.withdrawn(question, changes, by=by)
    return question


def the_open_one(series: Series, seen: int | None) -> SeriesChange:
    """The question that waits, as it was seen.

    Raises:
        ChangeIsAnswered
    """
    question = series.asked
    if question is not None and seen in (None, question.id) and days_waiting(question):
        return question
    last = next((each for each in series.changes if each.id == seen), None)
    raise ChangeIsAnswered(ChangeStatus.WITHDRAWN if last is None else last.status)


def _take_back_what_was_asked(series: Series, steps: Sequence[Step], by: Person) -> None:
    if series.asked is not None:
        close_each(open_days(series.asked), ChangeStatus.WITHDRAWN, by=by)
    close_each(open_changes({step.booking.id for step in steps}), ChangeStatus.WITHDRAWN, by=by)
    for step in steps:
        let_answer_go(step.booking)


def _one_day(question: SeriesChange, step: Step, found: Opened, by: Person) -> dict[str, Any]:
    booking, wanted = step.booking, step.wanted
    insist_on_room(booking, wanted.room)
    asked = asked_values(booking, wanted, step.meaning, by=by, now=found.now)
    return {**asked, "series_change_id": question.id}
