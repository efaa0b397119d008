"""The verbs of saying when one can: a day of the week, days away, how often; and taking one change back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import delete

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.holders.endings import lock_person
from buurthuis.roster.holders.models import OtherDays, RosterWish, WeeklyTime
from buurthuis.roster.when.queries import (
    Availability,
    Days,
    Whose,
    availability_of,
    days_of,
    from_plain,
    other_days_of,
)
from buurthuis.roster.when.refusals import NothingToUndo, TooManyDays
from buurthuis.rules.calendar import day_of
from buurthuis.rules.offered_times import Times

MOST_DAYS: Final = 60
KEPT: Final = timedelta(days=31)
"""So long after they are over, days off are still there."""


@action
def say_week(
    whose: Whose, times: Sequence[Times], weekdays: Collection[int], *, by: Person
) -> None:
    """Say when one can on some days of the week; the other days stay as they are.

    Raises:
        NotFound, NotAllowed
    """

    def said(now: Availability) -> Availability:
        kept = [each for each in now.weekly if each.weekday not in weekdays]
        new = [replace(each, weekday=day) for day in weekdays for each in times]
        return replace(now, weekly=(*kept, *new))

    _change(whose, said, by)


@action
def say_days(whose: Whose, days: Days, *, by: Person) -> None:
    """Say that one is away, or there at other times, on some days; saying it twice changes nothing.

    Raises:
        NotFound, NotAllowed
        TooManyDays
    """

    def said(now: Availability) -> Availability:
        return now if days in now.days else replace(now, days=(*now.days, days))

    _change(whose, said, by)


@action
def forget_days(whose: Whose, days: Days, *, by: Person) -> None:
    """On these days one's week holds after all.

    Raises:
        NotFound, NotAllowed
    """

    def said(now: Availability) -> Availability:
        return replace(now, days=tuple(each for each in now.days if each != days))

    _change(whose, said, by)


@action
def say_how_often(
    whose: Whose, most_a_week: int, *, likes_to_open: bool, likes_to_close: bool, by: Person
) -> None:
    """Say how many shifts a week one wants at most, and what one likes.

    Raises:
        NotFound, NotAllowed
    """

    def said(now: Availability) -> Availability:
        return replace(
            now,
            most_a_week=most_a_week,
            likes_to_open=likes_to_open,
            likes_to_close=likes_to_close,
        )

    _change(whose, said, by)


@action
def say_all(whose: Whose, availability: Availability, *, by: Person) -> None:
    """Say all of it anew.

    Raises:
        NotFound, NotAllowed
        TooManyDays
    """
    _change(whose, lambda _now: availability, by)


@action
def undo(whose: Whose, *, by: Person) -> None:
    """Take the last change back; doing it again takes that back.

    Raises:
        NotFound, NotAllowed
        NothingToUndo
    """
    wish = db.session.get(RosterWish, whose.person.id)
    if wish is None or wish.before is None:
        raise NothingToUndo
    before = from_plain(wish.before)
    _change(whose, lambda _now: before, by)


def _change(whose: Whose, said: Callable[[Availability], Availability], by: Person) -> None:
    """Write what somebody offers from now on, and remember what it was."""
    demand(by, "availability.change", whose)
    person, now = whose.person, clock.now()
    lock_person(person.id)
    before = availability_of(person)
    after = _tidied(said(before))
    if after == before:
        return
    wish = db.session.get(RosterWish, person.id)
    if wish is None:
        wish = RosterWish(person_id=person.id)
        db.session.add(wish)
    wish.most_a_week, wish.before, wish.changed_at = after.most_a_week, before.plain, now
    wish.likes_to_open, wish.likes_to_close = after.likes_to_open, after.likes_to_close
    _write_week(person, after)
    _write_days(person, after)
    db.session.flush()
    venue_id = whose.venue.id if whose.venue is not None else None
    note("availability.changed", person, by=by, venue_id=venue_id, person=person.id)


def _tidied(said: Availability) -> Availability:
    """In order, each once, without days that were over long ago.

    Raises:
        TooManyDays
    """
    since = day_of(clock.now()) - KEPT
    days = {each for each in said.days if each.last >= since}
    if len(days) > MOST_DAYS:
        raise TooManyDays(most=MOST_DAYS)
    times = sorted(set(said.weekly), key=lambda t: (t.weekday, t.starts, t.ends, t.is_liked))
    in_order = sorted(days, key=lambda d: (d.first, d.last, d.span or (0, 0), d.note))
    return replace(said, weekly=tuple(times), days=tuple(in_order))


def _write_week(person: Person, after: Availability) -> None:
    db.session.execute(delete(WeeklyTime).where(WeeklyTime.person_id == person.id))
    db.session.add_all(
        WeeklyTime(
            person_id=person.id,
            weekday=each.weekday,
            starts_minute=each.starts,
            ends_minute=each.ends,
            is_liked=each.is_liked,
        )
        for each in after.weekly
    )


def _write_days(person: Person, after: Availability) -> None:
    """Rows that stay keep their number, so that a page that was open longer means the same."""
    rows = {days_of(row): row for row in other_days_of(person)}
    for gone in rows.keys() - set(after.days):
        db.session.delete(rows[gone])
    for each in after.days:
        if each in rows:
            continue
        starts, ends = each.span or (None, None)
        db.session.add(
            OtherDays(
                person_id=person.id,
                from_on=each.first,
                to_on=each.last,
                starts_minute=starts,
                ends_minute=ends,
                note=each.note,
            )
        )
