"""A look at what would go with the days of a series, before anything changes; the change asks the same."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from buurthuis.accounts.models import Person
from buurthuis.bookings.changes.meaning import meaning_of_extras
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice import due_now
from buurthuis.bookings.prospects import check
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.refusals import NotBookable
from buurthuis.bookings.series.along import (
    Along,
    AlongSeen,
    DayAlong,
    Quantities,
    own_minutes_of,
    quantities,
)
from buurthuis.bookings.series.looking import apart
from buurthuis.bookings.series.models import Series, SeriesPlan
from buurthuis.bookings.series.queries import day_in_series
from buurthuis.bookings.series.wishes import wish_again
from buurthuis.bookings.wishes import Order
from buurthuis.extras.shelf import Ask as ExtrasAsked
from buurthuis.extras.shelf import Lack, Shelf
from buurthuis.extras.wishes import Wanted
from buurthuis.rules.availability import Ask, Problem
from buurthuis.tariffs.queries import cards_by_id
from buurthuis.venues.models import Room


def look_along(
    series: Series,
    coming: Sequence[Booking],
    along: Along,
    *,
    by: Person,
    now: datetime,
    spaces: Spaces | None = None,
) -> AlongSeen:
    """What would go with each day, without changing anything; in a constant number of questions.

    What one day has by itself stays: an extra of which it has more or fewer than the series
    planned, or other minutes than those. The rest follows. Under the lock `spaces` are known.

    Raises:
        NotBookable: the room does not allow so many minutes.
    """
    changing, others = apart(series, coming)
    _insist_on_minutes(series, along, changing)
    minutes = {each.id: _minutes_then(each, series, along) for each in changing}
    tight = _too_near(changing, minutes, now=now, spaces=spaces)
    wanted = {each.id: _extras_then(each, series, along) for each in changing}
    shelf = _shelf_for(changing, wanted)
    days = []
    for each in changing:
        lacks, extras = _had_from(shelf, each, wanted[each.id], now)
        around = own_minutes_of(each) if each.id in tight else minutes[each.id]
        planned = _planned(series.plan_on(day_in_series(each)), along, each.room)
        is_apart = (dict(extras), around) != planned
        is_tight = each.id in tight
        days.append(DayAlong(each, _sorted(extras), around, None, lacks, is_tight, is_apart))
    return AlongSeen(_with_prices(days, by=by, now=now), others)


def _with_prices(days: Sequence[DayAlong], *, by: Person, now: datetime) -> list[DayAlong]:
    other = [each.booking for each in days if each.has_other_extras]
    dues = due_now(other, now)
    cards = cards_by_id(each.rate_card_id for each in other if each.rate_card_id is not None)

    def priced(day: DayAlong) -> DayAlong:
        booking = day.booking
        card = None if booking.rate_card_id is None else cards[booking.rate_card_id]
        meaning = meaning_of_extras(booking, day.extras, by=by, now=now, dues=dues, card=card)
        return replace(day, meaning=meaning)

    return [priced(each) if each.has_other_extras else each for each in days]


def _allowed(room: Room, setup_minutes: int, teardown_minutes: int) -> tuple[int, int]:
    most = room.own_buffer_minutes
    return min(setup_minutes, most), min(teardown_minutes, most)


def _planned(plan: SeriesPlan, along: Along, room: Room) -> tuple[dict[int, int], tuple[int, int]]:
    """What a plan is to say, as far as it can be in a room."""
    extras = plan.extras if along.extras is None else along.extras
    setup = plan.setup_minutes if along.setup_minutes is None else along.setup_minutes
    teardown = plan.teardown_minutes if along.teardown_minutes is None else along.teardown_minutes
    return dict(extras), _allowed(room, setup, teardown)


def _minutes_then(booking: Booking, series: Series, along: Along) -> tuple[int, int]:
    """The new minutes; those that differ from the plan of its day stay."""
    plan = series.plan_on(day_in_series(booking))
    before = _allowed(booking.room, plan.setup_minutes, plan.teardown_minutes)
    _, after = _planned(plan, along, booking.room)
    has = own_minutes_of(booking)
    first, last = (
        new if mine == old else mine for mine, old, new in zip(has, before, after, strict=True)
    )
    return first, last


def _extras_then(booking: Booking, series: Series, along: Along) -> dict[int, int]:
    """How many of each extra, told one by one: what differs from the plan of its day stays."""
    has = quantities(booking)
    if along.extras is None:
        return has
    before, after = dict(series.plan_on(day_in_series(booking)).extras), dict(along.extras)
    found = {
        extra_id: (after if has.get(extra_id) == before.get(extra_id) else has).get(extra_id, 0)
        for extra_id in has.keys() | before.keys() | after.keys()
    }
    return {extra_id: quantity for extra_id, quantity in found.items() if quantity}


def _insist_on_minutes(series: Series, along: Along, changing: Sequence[Booking]) -> None:
    """Refuse more minutes than the room allows by now; those that were planned before may stay."""
    plan = series.plan
    asked = [
        new
        for new, old in (
            (along.setup_minutes, plan.setup_minutes),
            (along.teardown_minutes, plan.teardown_minutes),
        )
        if new is not None and new > old
    ]
    if changing and asked and max(asked) > plan.room.own_buffer_minutes:
        ask = Ask(changing[0].period, None, setup_minutes=max(asked))
        raise NotBookable([Problem.BUFFER_TOO_LONG], plan.room, ask)


def _too_near(
    changing: Sequence[Booking],
    minutes: Mapping[int, tuple[int, int]],
    *,
    now: datetime,
    spaces: Spaces | None,
) -> Collection[int]:
    """The bookings around which others are too near for more time."""
    growing = [
        each
        for each in changing
        if any(new > old for new, old in zip(minutes[each.id], own_minutes_of(each), strict=True))
    ]
    if not growing:
        return ()
    orders = [
        Order(
            each.room,
            wish_again(each, each.period, minutes[each.id]),
            each.initiative,
            instead_of=each.period,
        )
        for each in growing
    ]
    problems = check(orders, now=now, spaces=spaces, ignoring={each.id for each in growing})
    return {
        each.id for each, found in zip(growing, problems, strict=True) if Problem.TAKEN in found
    }


def _shelf_for(changing: Sequence[Booking], wanted: Mapping[int, Quantities]) -> Shelf:
    """What there is of all extras that any day has or wants."""
    asks = [
        ExtrasAsked(_sorted(quantities(each) | dict(wanted[each.id])), each.room, each.period)
        for each in changing
    ]
    return Shelf(asks, ignoring={each.id for each in changing})


def _had_from(
    shelf: Shelf, booking: Booking, wanted: Quantities, now: datetime
) -> tuple[Sequence[Lack], Quantities]:
    """What cannot be had, and what goes with the booking then; only more of something must be there."""
    has = quantities(booking)
    more = {id_: count for id_, count in wanted.items() if count > has.get(id_, 0)}
    lacks = shelf.lacks(ExtrasAsked(_sorted(more), booking.room, booking.period), now=now)
    gone = {each.facts["extra"].id for each in lacks}
    extras = {id_: has.get(id_, 0) if id_ in gone else count for id_, count in wanted.items()}
    extras = {id_: count for id_, count in extras.items() if count}
    shelf.take(ExtrasAsked(_sorted(extras), booking.room, booking.period))
    return lacks, extras


def _sorted(found: Quantities) -> tuple[Wanted, ...]:
    return tuple(Wanted(*each) for each in sorted(found.items()))
