"""The verb that changes a series from a day on: time, room and words of all days that still come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.bundles.company import insist_on_company
from buurthuis.bookings.changes.steps import close_open, write_down
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import ChangeNeedsApproval
from buurthuis.bookings.series import letters
from buurthuis.bookings.series.looking import Step, apart, needs_house, planned_values, steps_of
from buurthuis.bookings.series.models import Series, SeriesPlan
from buurthuis.bookings.series.refusals import NothingLeft
from buurthuis.bookings.series.rights import edits
from buurthuis.bookings.series.steps import Opened, opened, permit
from buurthuis.bookings.steps import touch, use_of
from buurthuis.extras import stock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.foundation.pulse import trusting
from buurthuis.occupancy import claims
from buurthuis.rules.calendar import day_of
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room
from buurthuis.venues.queries import row_of


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a series: the days that changed, and those that stay as they were made apart."""

    series: Series
    changed: list[Booking]
    kept: list[Booking]


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
    changing, kept = apart(series, found.to_come(from_day))
    if not changing:
        raise NothingLeft
    values = others if room is None else {**others, "room_id": room.id, "room": row_of(room)}
    with db.session.no_autoflush:
        _plan_anew(series, max(from_day, day_of(found.now)), values)
        with trusting():
            steps = steps_of(changing, series.plan_on, by=by, now=found.now, spaces=found.spaces)
    if needs_house(steps):
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
        fresh = SeriesPlan(from_on=first, **planned_values(before))
        later = [plan for plan in series.plans if plan.from_on > first]
        series.plans.insert(len(series.plans) - len(later), fresh)
    for plan in series.plans:
        if plan.from_on >= first:
            for name, value in values.items():
                setattr(plan, name, value)


def _carry_out(found: Opened, steps: Sequence[Step], by: Person) -> None:
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


def _write(step: Step, found: Opened, by: Person) -> None:
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
