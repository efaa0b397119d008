"""The verb that changes what goes with the days of a series: extras, and the group's own minutes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import set_committed_value

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.changes.steps import requote_open_of
from buurthuis.bookings.changes.together import hold_each, open_changes
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.letters import let_answers_go
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import PriceChanged
from buurthuis.bookings.series import letters
from buurthuis.bookings.series.along import Along, AlongSeen, DayAlong, quantities
from buurthuis.bookings.series.looking_along import look_along
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.planning import first_to_change, new_values, plan_anew
from buurthuis.bookings.series.refusals import NothingLeft, NotOnAllDays
from buurthuis.bookings.series.rights import edits
from buurthuis.bookings.series.steps import Opened, opened, permit
from buurthuis.bookings.steps import holds_its_place, touch, use_of
from buurthuis.extras import stock
from buurthuis.extras.queries import extras_with
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.foundation.pulse import trusting
from buurthuis.occupancy import claims
from buurthuis.rules.money import Cents


@dataclass(frozen=True, slots=True)
class ChangedAlong:
    """What became of a series: the days that changed, and those that stay though it plans otherwise."""

    series: Series
    changed: list[Booking]
    kept: list[Booking]


@lets_the_line_move
@action
def change_along(
    series_id: int,
    from_day: date,
    along: Along,
    *,
    by: Person,
    without: Collection[str] | None = (),
    seen_total: Cents | None = None,
) -> ChangedAlong:
    """Let exactly this go with the days from a day on, at once; all of them or none.

    What one day has by itself stays, and so does what has begun. Days on which something cannot be
    had go on without it when they are named in `without` (`DayAlong.mark`), and with None all of
    them do. Extras cost what the card of each day says; `seen_total` is what all days from then on
    were shown to cost. A room says how much time around a group may take, so the house is not asked.

    Raises:
        NothingLeft: no day from then on can change.
        NotOnAllDays: with some days not everything can go; it names them, and nothing changes.
        PriceChanged: together they do not cost what was seen.
        NotBookable: the room does not allow so many minutes.
    """
    found = opened(series_id)
    series = found.series
    permit(edits(by, series), series, by)
    coming = found.to_come(from_day)
    stock.lock({extra_id for each in coming for extra_id in quantities(each)} | set(_ids(along)))
    with db.session.no_autoflush, trusting():
        seen = look_along(series, coming, along, by=by, now=found.now, spaces=found.spaces)
    _insist(seen, without)
    if seen_total is not None and seen_total != seen.total_cents:
        raise PriceChanged(seen.total_cents)
    first = first_to_change(found.bookings, from_day, found.now)
    fields = sorted(new_values(series, first, along.values))
    days, kept = seen.changing, seen.kept
    if not (fields or days):
        return ChangedAlong(series, [], kept)
    let_answers_go(coming)
    plan_anew(series, first, along.values)
    _take_other_time([each for each in days if each.has_other_minutes], found)
    _take_other_extras([each for each in days if each.has_other_extras])
    changed = [each.booking for each in days]
    count = len(changed)
    note("series.changed", series, by=by, venue_id=series.venue_id, count=count, fields=fields)
    if changed:
        letters.changed(series, changed, by=by, kept=kept)
    return ChangedAlong(series, changed, kept)


def _ids(along: Along) -> list[int]:
    return [each.extra_id for each in along.extras or ()]


def _insist(seen: AlongSeen, without: Collection[str] | None) -> None:
    if not seen.days:
        raise NothingLeft
    in_the_way = [each for each in seen.lacking if without is not None and each.mark not in without]
    if in_the_way:
        raise NotOnAllDays([each.as_shown for each in in_the_way])


def _take_other_time(days: Sequence[DayAlong], found: Opened) -> None:
    """More or less time around bookings; what changes of them hold besides is measured anew."""
    bookings = [each.booking for each in days]
    if not bookings:
        return
    waiting = open_changes([each.id for each in bookings])
    claims.release_many([each.id for each in bookings])
    for each in days:
        booking, (setup, teardown) = each.booking, each.minutes
        booking.setup_minutes += setup - booking.own_setup_minutes
        booking.teardown_minutes += teardown - booking.own_teardown_minutes
        booking.own_setup_minutes, booking.own_teardown_minutes = setup, teardown
        touch(booking, found.now)
    db.session.flush()
    claims.claim_many([use_of(each) for each in bookings if holds_its_place(each)], found.spaces)
    holding = [
        each
        for each in waiting
        if each.venue.requests_occupy and Wanted.by_change(each).moves(each.booking)
    ]
    rooms = {each.room_id: each.room for each in holding if each.room_id not in found.spaces}
    hold_each(holding, {**found.spaces, **claims.lock_rooms(list(rooms.values()))})


def _take_other_extras(days: Sequence[DayAlong]) -> None:
    """Other extras, at their price; that of the room stays."""
    stock.rewrite_many(
        {each.booking.id: (quantities(each.booking), dict(each.extras)) for each in days}
    )
    db.session.flush()
    ids = [each.booking.id for each in days]
    here = extras_with(ids) if ids else {}
    for each in days:
        db.session.expire(each.booking, ["extras"])
        mine = sorted(here.get(each.booking.id, []), key=lambda one: one.extra_id)
        set_committed_value(each.booking, "extras", mine)
        if each.meaning is not None:
            pricing.freeze_as(each.booking, each.meaning.quote)
    requote_open_of([each.booking for each in days])
