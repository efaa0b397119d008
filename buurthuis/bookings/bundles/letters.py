"""One letter about all rooms of a bundle: those of a single booking, with everything added up."""

from collections.abc import Sequence
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings import letters
from buurthuis.bookings.in_calendar import along
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.facts import cancelling_of, owed_for_all
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status

ADDED_UP = ("list_cents", "discount_cents", "total_cents", "deposit_cents")


def booked(bookings: Sequence[Booking]) -> None:
    """The booker hears of all rooms at once; the managers when they have to answer."""
    first, together = bookings[0], {**_together(bookings), **cancelling_of(bookings)}
    if first.status == Status.CONFIRMED:
        letters.to_booker(letters.CERTAIN, first, calendar=along(bookings), **together)
        return
    letters.to_managers("request_arrived", first, **together)
    letters.to_booker("booking_requested", first, **together)


def certain(bookings: Sequence[Booking], **told: Any) -> None:
    """What was held is certain: one letter for a single room, and for all of a bundle."""
    if len(bookings) == 1:
        letters.confirmed(bookings[0], **told)
        return
    facts = {**_together(bookings), **cancelling_of(bookings), **told}
    letters.to_booker(letters.CERTAIN, bookings[0], calendar=along(bookings), **facts)


def run_out(bookings: Sequence[Booking]) -> None:
    """A place is no longer kept: nobody answered in time, or nobody paid for it (and its bundle)."""
    if bookings[0].pays_by != Way.ONLINE:
        for each in bookings:
            letters.expired(each)
        return
    more = _together(bookings) if len(bookings) > 1 else {}
    letters.to_booker("booking_not_paid", bookings[0], **more)


def approved(bookings: Sequence[Booking]) -> None:
    """The booker gets a yes for all of them."""
    facts = {**_together(bookings), **_in_tray(bookings), **cancelling_of(bookings)}
    letters.to_booker(letters.CERTAIN, bookings[0], calendar=along(bookings), **facts)


def refused(bookings: Sequence[Booking], reason: str) -> None:
    """The booker hears no, and why."""
    facts = {**_together(bookings), **_in_tray(bookings)}
    letters.to_booker("booking_refused", bookings[0], reason=reason, **facts)


def cancelled(
    bookings: Sequence[Booking], *, by: Person, reason: str, certain: Sequence[Booking]
) -> None:
    """Both sides hear it once; those that were `certain` are called off in a calendar too."""
    first, facts = bookings[0], {**_together(bookings), "reason": reason, "by_name": by.name}
    facts |= owed_for_all(bookings)
    for each in bookings:
        letters.let_answer_go(each)
    letters.to_booker("booking_cancelled", first, calendar=along(certain), by=by, **facts)
    if speaks_for(by, first.initiative_id):
        letters.to_managers("booking_cancelled", first, **facts)


def _together(bookings: Sequence[Booking]) -> dict[str, Any]:
    people = [each.people for each in bookings if each.people is not None]
    return {
        "room_name": ", ".join(each.room.name for each in bookings),
        "people": sum(people) or None,
        **{name: sum(getattr(each, name) for each in bookings) for name in ADDED_UP},
    }


def _in_tray(bookings: Sequence[Booking]) -> dict[str, Any]:
    return {"leaves_at": bookings[0].answer_leaves_at, "about": letters.answer_to(bookings)}
