"""The verb that changes a series from a day on: at once where the house need not agree, else asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import PriceChanged
from buurthuis.bookings.series import asking, letters
from buurthuis.bookings.series.looking import Step, apart, steps_of, to_ask
from buurthuis.bookings.series.models import Series, SeriesChange
from buurthuis.bookings.series.moving import Move, carry_out
from buurthuis.bookings.series.planning import first_to_change, plan_anew, plans_with
from buurthuis.bookings.series.refusals import NothingLeft
from buurthuis.bookings.series.rights import edits
from buurthuis.bookings.series.steps import opened, permit
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.foundation.pulse import trusting
from buurthuis.venues.models import Room
from buurthuis.venues.queries import row_of


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a series: the days that changed, and those that stay as they were made apart.

    `question` is what the house was asked, where it has to agree to some of the days.
    """

    series: Series
    changed: list[Booking]
    kept: list[Booking]
    question: SeriesChange | None = None


@lets_the_line_move
@action
def change_series(
    series_id: int,
    from_day: date,
    *,
    by: Person,
    room: Room | None = None,
    seen_total: int | None = None,
    **others: Any,
) -> Changed:
    """Change the days from a day on; all of them or none.

    `others` are `starts_minute`, `ends_minute` (of the clock of each day), `title`, `remark`,
    `people`, `purpose` and `is_public`. What has begun stays. So do the days that were changed by
    themselves (`kept`), and those that were left out or cancelled; when one of these is added
    again, it is as it is planned by then.

    Days to which the house must agree are asked of it in one question, and stay as they are until
    it says yes; so does the plan. The other days change at once. `seen_total` is what all days
    that change were shown to cost, in cents.

    Raises:
        NothingLeft: no day from then on can change.
        DaysInTheWay: days cannot be had like this; it names them.
        PriceChanged: together they do not cost what was seen.
        NotBookable, NoPrice, OtherHouse
    """
    found = opened(series_id, *([] if room is None else [room]))
    series = found.series
    permit(edits(by, series), series, by)
    changing, kept = apart(series, found.to_come(from_day))
    if not changing:
        raise NothingLeft
    values = others if room is None else {**others, "room_id": room.id, "room": row_of(room)}
    with db.session.no_autoflush, trusting():
        plan_on = plans_with(series, values)
        steps = steps_of(changing, plan_on, by=by, now=found.now, spaces=found.spaces)
    _insist_on_price(steps, seen_total)
    waiting = to_ask(steps)
    earlier = asking.asked_before(series, waiting) if waiting else None
    if earlier is not None:
        return Changed(series, [], kept, earlier)
    first = first_to_change(found.bookings, from_day, found.now)
    if not waiting:
        plan_anew(series, first, values)
    at_once = [step for step in steps if not step.meaning.needs_house]
    moves = [Move(step.booking, step.wanted, step.meaning.quote) for step in at_once]
    changed = carry_out(found, moves, by=by)
    if waiting:
        question = asking.ask(found, waiting, first=first, values=values, done=changed, by=by)
        return Changed(series, changed, kept, question)
    fields = sorted(values.keys() - {"room"})
    note("series.changed", series, by=by, venue_id=series.venue_id, count=len(steps), fields=fields)
    changed = [step.booking for step in steps]
    letters.changed(series, changed, by=by, kept=kept)
    return Changed(series, changed, kept)


def _insist_on_price(steps: Sequence[Step], seen_total: int | None) -> None:
    total = sum(step.meaning.total_cents for step in steps)
    if seen_total is not None and seen_total != total:
        raise PriceChanged(total)
