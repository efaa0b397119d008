"""The verb that changes a series from a day on: time, room and words of all days that still come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.bundles.company import insist_on_company
from buurthuis.bookings.changes.meaning import Meaning, Wanted, meaning_of
from buurthuis.bookings.changes.steps import close_open, write_down
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.models import Booking
from buurthuis.bookings.prospects import prospects
from buurthuis.bookings.refusals import ChangeNeedsApproval, NotBookable
from buurthuis.bookings.series import letters
from buurthuis.bookings.series.models import Series, SeriesPlan
from buurthuis.bookings.series.preview import on_one_day, shown_as
from buurthuis.bookings.series.queries import WORDS, day_in_series, is_exception
from buurthuis.bookings.series.refusals import DaysInTheWay, NothingLeft
from buurthuis.bookings.series.rights import edits
from buurthuis.bookings.series.steps import Opened, opened, permit
from buurthuis.bookings.steps import own_minutes, touch, use_of
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.extras import stock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.foundation.pulse import trusting
from buurthuis.occupancy import claims
from buurthuis.rules.availability import Problem
from buurthuis.rules.calendar import MissingHour, day_of
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.states import Status
from buurthuis.venues.hours import holidays_of
from buurthuis.venues.known import as_known
from buurthuis.venues.models import Room
from buurthuis.venues.queries import row_of

PLANNED = ("room_id", "starts_minute", "ends_minute", *WORDS)


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a series: the days that changed, and those that stay as they were made apart."""

    series: Series
    changed: list[Booking]
    kept: list[Booking]


@dataclass(frozen=True, slots=True)
class _Step:
    """What one booking becomes."""

    booking: Booking
    wanted: Wanted
    meaning: Meaning


@lets_the_line_move
@action
def change_series(
    series_id: int, from_day: date, *, by: Person, room: Room | None = None, **others: Any
) -> Changed:
    """Change the days from a day on; all of them or none.

    `others` are `starts_minute`, `ends_minute` (of the clock of each day), `title`, `remark`,
    `people`, `purpose` and `is_public`. What has begun stays. So do the days that were changed by
    themselves (`kept`), and those that were left out or cancelled; when one of these is added
    again, it is as it is planned by then.

    Raises:
        NothingLeft: no day from then on can change.
        DaysInTheWay: days cannot be had like this; it names them.
        ChangeNeedsApproval: the house has to agree to it first.
        NotBookable, NoPrice, OtherHouse
    """
    found = opened(series_id, *([] if room is None else [room]))
    series = found.series
    permit(edits(by, series), series, by)
    coming = found.to_come(from_day)
    kept = [booking for booking in coming if is_exception(series, booking)]
    changing = [booking for booking in coming if booking not in kept]
    if not changing:
        raise NothingLeft
    values = others if room is None else {**others, "room_id": room.id, "room": row_of(room)}
    with db.session.no_autoflush:
        _plan_anew(series, max(from_day, day_of(found.now)), values)
        steps = _steps(found, changing, by)
    if any(step.meaning.needs_house for step in steps):
        raise ChangeNeedsApproval
    _carry_out(found, steps, by)
    changed = [step.booking for step in steps]
    fields = sorted(values.keys() - {"room"})
    note("series.changed", series, by=by, venue_id=series.venue_id, count=len(steps), fields=fields)
    letters.changed(series, changed, by=by, kept=kept)
    return Changed(series, changed, kept)


def _plan_anew(series: Series, first: date, values: Mapping[str, Any]) -> None:
    """Let the plans say it from a day on: a new plan begins there, and later ones follow."""
    if all(plan.from_on != first for plan in series.plans):
        before = series.plan_on(first)
        copied = {name: getattr(before, name) for name in PLANNED}
        fresh = SeriesPlan(from_on=first, room=before.room, **copied)
        later = [plan for plan in series.plans if plan.from_on > first]
        series.plans.insert(len(series.plans) - len(later), fresh)
    for plan in series.plans:
        if plan.from_on >= first:
            for name, value in values.items():
                setattr(plan, name, value)


def _steps(found: Opened, changing: Sequence[Booking], by: Person) -> list[_Step]:
    """What each booking becomes, once nothing stands in the way of any."""
    wishes = {booking.id: _wish(found.series, booking) for booking in changing}
    wanted = {booking.id: _wanted(found.series, booking, wishes) for booking in changing}
    moving = [booking for booking in changing if wanted[booking.id].moves(booking)]
    with trusting():
        _insist_on_places(found, moving, wishes)
        return [
            _Step(each, wanted[each.id], meaning_of(each, wanted[each.id], by=by, now=found.now))
            for each in changing
        ]


def _wish(series: Series, booking: Booking) -> Wish:
    """What the plan of its day asks for now, with the minutes that the group takes itself.

    Raises:
        DaysInTheWay: the clock skips that time on this day.
    """
    day = day_in_series(booking)
    plan = series.plan_on(day)
    try:
        wish = on_one_day(plan, day).on(day)
    except MissingHour:
        raise DaysInTheWay([shown_as(day, plan.room, None, {})]) from None
    setup, teardown = own_minutes(booking, plan.room)
    return replace(wish, setup_minutes=setup, teardown_minutes=teardown)


def _wanted(series: Series, booking: Booking, wishes: Mapping[int, Wish]) -> Wanted:
    """The same in the words of a change.

    Raises:
        NotBookable: more people than the room holds.
    """
    wish, room = wishes[booking.id], series.plan_on(day_in_series(booking)).room
    if wish.people is not None and wish.people > room.capacity:
        raise NotBookable([Problem.TOO_MANY_PEOPLE], room, wish.ask)
    return Wanted(room, wish.period, {name: getattr(wish, name) for name in WORDS})


def _insist_on_places(found: Opened, moving: Sequence[Booking], wishes: Mapping[int, Wish]) -> None:
    """Refuse days that cannot be had; the old places of the same days do not count."""
    if not moving:
        return
    days = [day_in_series(booking) for booking in moving]
    rooms = [found.series.plan_on(day).room for day in days]
    orders = [
        Order(room, wishes[booking.id], booking.initiative, instead_of=booking.period)
        for booking, room in zip(moving, rooms, strict=True)
    ]
    ids = {booking.id for booking in moving}
    looked_at = prospects(orders, now=found.now, spaces=found.spaces, ignoring=ids)
    holidays = holidays_of(as_known(rooms[0]), days[0], days[-1])
    shown = [
        shown_as(day, room, prospect, holidays)
        for day, room, prospect in zip(days, rooms, looked_at, strict=True)
    ]
    in_the_way = [each for each in shown if not each.is_bookable]
    if in_the_way:
        raise DaysInTheWay(in_the_way)


def _carry_out(found: Opened, steps: Sequence[_Step], by: Person) -> None:
    """Let go of all old places before claiming the new ones, or the days would be in each other's way."""
    moving = [step for step in steps if step.meaning.moves]
    had = [(step.booking, step.booking.period) for step in moving]
    claims.release_many([step.booking.id for step in moving])
    for step in steps:
        _write(step, found, by)
    db.session.flush()
    holding = [
        step.booking
        for step in moving
        if step.booking.status != Status.REQUESTED or step.booking.venue.requests_occupy
    ]
    claims.claim_many([use_of(booking) for booking in holding], found.spaces)
    for booking, before in had:
        insist_on_company(booking, before)


def _write(step: _Step, found: Opened, by: Person) -> None:
    booking, wanted, quote = step.booking, step.wanted, step.meaning.quote
    changed = wanted.changed_words(booking)
    if not (changed or step.meaning.moves):
        return
    for name, value in changed.items():
        setattr(booking, name, value)
    if step.meaning.moves:
        close_open(booking.id, ChangeStatus.WITHDRAWN, by=by)
        stock.insist_on_room(booking.id, wanted.room)
        write_down(booking, wanted, quote)
    else:
        pricing.freeze_as(booking, quote)
    touch(booking, found.now)
