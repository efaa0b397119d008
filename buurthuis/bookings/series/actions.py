"""The verbs that make a series: book it whole, book what is free, add a day, go on for longer."""

from datetime import date

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.letters import let_answers_go
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import SpeaksForNobody
from buurthuis.bookings.series import letters
from buurthuis.bookings.series.beginning import new_series
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.preview import longer, on_one_day
from buurthuis.bookings.series.queries import day_in_series
from buurthuis.bookings.series.refusals import (
    DayNotLeftOut,
    DaysInTheWay,
    NothingLeft,
    OtherHouse,
)
from buurthuis.bookings.series.rights import edits
from buurthuis.bookings.series.steps import (
    book_days,
    book_shown,
    lock_and_clear,
    looked_at,
    opened,
    permit,
)
from buurthuis.bookings.series.wishes import NO_CHOICES, Choices, SeriesWish
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.rules import rrule
from buurthuis.venues.models import Room


@lets_the_line_move
@action
def book_series(
    room: Room,
    wish: SeriesWish,
    *,
    by: Person,
    for_: Initiative,
    choices: Choices = NO_CHOICES,
    submission: str | None = None,
    seen_total: int | None = None,
) -> Series:
    """Book every day of a rule as the preview showed it, or nothing at all.

    `choices` say which days are left out and which are in another room of the house. Sending the
    same `submission` again returns the series that it made. `seen_total` is the total of all days
    that was shown, in cents.

    Raises:
        DaysInTheWay: days that should be booked cannot be had (any more); it names them.
        RuleRefused: the rule cannot be kept from the first day on.
        NotBookable, NotInThisRoom: the wish breaks a rule of the house on whatever day.
        NothingLeft: every day was left out.
        PriceChanged: the total is no longer the one that was seen.
        SpeaksForNobody, OtherHouse
    """
    if not speaks_for(by, for_.id):
        raise SpeaksForNobody
    spaces = lock_and_clear(_rooms(room, choices), clock.now())
    earlier = _sent_before(by, submission)
    if earlier is not None:
        return earlier
    now = clock.now()
    made = new_series(room, wish, by=by, for_=for_, submission=submission, now=now)
    bookings = book_days(made, wish, choices, by=by, spaces=spaces, now=now, seen_total=seen_total)
    return _told(made, bookings, by)


@lets_the_line_move
@action
def book_what_is_free(
    room: Room,
    wish: SeriesWish,
    *,
    by: Person,
    for_: Initiative,
    submission: str | None = None,
) -> Series:
    """Book the days of a rule that can be had, and note the others as left out, with why.

    Raises:
        DaysInTheWay: no day at all can be had.
        RuleRefused, NotBookable, SpeaksForNobody: as `book_series`.
    """
    if not speaks_for(by, for_.id):
        raise SpeaksForNobody
    spaces = lock_and_clear([room], clock.now())
    earlier = _sent_before(by, submission)
    if earlier is not None:
        return earlier
    now = clock.now()
    made = new_series(room, wish, by=by, for_=for_, submission=submission, now=now)
    shown = looked_at(made, wish, NO_CHOICES, spaces=spaces, now=now)
    if not shown.bookable:
        raise DaysInTheWay(shown.in_the_way)
    return _told(made, book_shown(made, shown, by=by, spaces=spaces, now=now), by)


@lets_the_line_move
@action
def add_day(series_id: int, day: date, *, by: Person, room: Room | None = None) -> Booking:
    """Book a day of the series that was left out or cancelled, as it is planned for that day.

    Raises:
        DayNotLeftOut: it is no day of the series, or it has its booking.
        DaysInTheWay: the day cannot be had.
        NotBookable, OtherHouse
    """
    found = opened(series_id, *([] if room is None else [room]))
    series = found.series
    permit(edits(by, series), series, by)
    note_of_it = next((each for each in series.left_out if each.day == day), None)
    its_own = [each for each in found.bookings if day_in_series(each) == day]
    if any(each.is_live for each in its_own) or not (note_of_it or its_own):
        raise DayNotLeftOut(day)
    choices = NO_CHOICES if room is None else Choices(elsewhere={day: room})
    wish = on_one_day(series.plan_on(day), day)
    [booking] = book_days(series, wish, choices, by=by, spaces=found.spaces, now=found.now)
    if its_own and its_own[-1].kept_out_at is not None:
        booking.kept_out_at, booking.is_public = its_own[-1].kept_out_at, False
    if note_of_it is not None:
        series.left_out.remove(note_of_it)
    note("series.day_added", series, by=by, venue_id=series.venue_id, day=day.isoformat())
    letters.day_added(booking)
    return booking


@lets_the_line_move
@action
def extend_series(
    series_id: int,
    until: date,
    *,
    by: Person,
    choices: Choices = NO_CHOICES,
    seen_total: int | None = None,
) -> list[Booking]:
    """Let a series go on until another last day, as it is planned by then; returns what is new.

    Raises:
        DaysInTheWay: days that should be booked cannot be had; nothing is booked.
        NothingLeft: there is no new day until then.
        RuleRefused, NotBookable, PriceChanged, OtherHouse
    """
    found = opened(series_id, *choices.elsewhere.values())
    series = found.series
    permit(edits(by, series), series, by)
    if until <= series.last_on:
        raise NothingLeft
    let_answers_go(found.bookings)
    wish = longer(series, until)
    new = book_days(
        series,
        wish,
        choices,
        by=by,
        spaces=found.spaces,
        now=found.now,
        seen_total=seen_total,
    )
    series.rule_text, series.last_on = rrule.written(wish.rule), wish.days()[-1]
    note("series.extended", series, by=by, venue_id=series.venue_id, count=len(new))
    letters.booked(series, new, by=by)
    return new


def _rooms(room: Room, choices: Choices) -> list[Room]:
    """The room and those of single days.

    Raises:
        OtherHouse: one of them is in another house.
    """
    rooms = {each.id: each for each in (room, *choices.elsewhere.values())}
    if any(each.venue_id != room.venue_id for each in rooms.values()):
        raise OtherHouse
    return list(rooms.values())


def _sent_before(by: Person, submission: str | None) -> Series | None:
    if submission is None:
        return None
    return db.session.scalar(
        select(Series).where(Series.booked_by_id == by.id, Series.submission == submission)
    )


def _told(made: Series, bookings: list[Booking], by: Person) -> Series:
    with db.session.no_autoflush:  # What is written from here on goes in one message.
        note("series.booked", made, by=by, venue_id=made.venue_id, count=len(bookings))
        letters.booked(made, bookings, by=by)
    made.just_booked = bookings
    return made
