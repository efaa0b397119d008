"""What bookers read when the house closes over their bookings: one letter each, however many days."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import in_calendar, letters
from buurthuis.bookings.in_calendar import along
from buurthuis.bookings.models import Booking
from buurthuis.bookings.slips import calls
from buurthuis.foundation import outbox
from buurthuis.foundation.calendar_mail import Along
from buurthuis.foundation.links import absolute
from buurthuis.rules.calendar import rfc3339

Before = Mapping[int, Mapping[str, Any]]
"""Where bookings were that move to another room (`changes.steps.before_moving`), by their number."""

Moves = Mapping[int, tuple[str, str]]
"""Out of which room into which they move, by their number."""

TEMPLATE = "house_closed"


def tell(
    bookings: Sequence[Booking],
    before: Before,
    *,
    by: Person,
    reason: str,
    certain: Collection[int],
) -> None:
    """One letter for each group that has several of these, else the letter about that one.

    Those that were `certain`, by their number, change in the calendar of who booked them too.
    """
    for own in of_one_group(bookings):
        if len(own) > 1:
            going = along(each for each in own if each.id in certain)
            _tell_of_several(own, before, by=by, reason=reason, going=going)
            continue
        [booking] = own
        if booking.id in before:
            letters.moved(booking, before={**before[booking.id], "reason": reason}, by=by)
        else:
            was_certain = booking.id in certain
            letters.cancelled(
                booking, by=by, was_certain=was_certain, reason=reason, room_closed=True
            )


def of_one_group(bookings: Sequence[Booking]) -> list[list[Booking]]:
    """Bookings put together by who booked them, and for whom; the first in time comes first."""
    found: dict[tuple[int, int], list[Booking]] = {}
    for each in sorted(bookings, key=lambda booking: (booking.from_at, booking.id)):
        found.setdefault((each.booked_by_id, each.initiative_id), []).append(each)
    return list(found.values())


def facts_of(bookings: Sequence[Booking], moves: Moves, *, reason: str) -> dict[str, Any]:
    """What the letter says of several: which move and which do not go through, as plain values."""
    moved = [each for each in bookings if each.id in moves]
    return {
        **letters.facts_of(bookings[0]),
        "reason": reason,
        "moved": [_moved(each, *moves[each.id]) for each in moved],
        "cancelled": [_day(each) for each in bookings if each.id not in moves],
        "total_cents": sum(each.total_cents for each in moved),
        "link": _link(bookings),
    }


def _tell_of_several(
    own: Sequence[Booking], before: Before, *, by: Person, reason: str, going: Along | None
) -> None:
    letters.let_answers_go(own)
    first, people = own[0], letters.bookers(own[0])
    calls.owe(_as_news(own, before), first, people, by=by)
    moves = {
        each.id: (before[each.id]["old_room_name"], each.room.name)
        for each in own
        if each.id in before
    }
    facts = facts_of(own, moves, reason=reason)
    for person in people:
        if person.email and person.left_at is None:
            calendar = in_calendar.for_person(person, going)
            told = {"person_name": person.name, **facts}
            told |= in_calendar.facts_of(going, calendar)
            outbox.post(TEMPLATE, person.email, person.language, told, calendar=calendar)


def _as_news(own: Sequence[Booking], before: Before) -> str:
    """Which letter about one booking says the same, for who is called instead."""
    kinds = {each.id in before for each in own}
    if len(kinds) > 1:
        return TEMPLATE
    return "booking_moved" if kinds == {True} else "booking_cancelled"


def _link(bookings: Sequence[Booking]) -> str:
    series = {each.series_id for each in bookings}
    if len(series) == 1 and None not in series:
        return absolute("bookings.series", series_id=bookings[0].series_id)
    return absolute("pages.me")


def _day(booking: Booking) -> dict[str, Any]:
    return {
        "title": booking.title,
        "from_iso": rfc3339(booking.from_at),
        "to_iso": rfc3339(booking.to_at),
        "room_name": booking.room.name,
    }


def _moved(booking: Booking, old_room: str, room: str) -> dict[str, Any]:
    return {**_day(booking), "room_name": room, "old_room_name": old_room}
