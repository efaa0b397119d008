"""Which letter goes to whom about a change that is asked for, answered, withdrawn or over."""

from collections.abc import Sequence
from typing import Any

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import people_with_role, speaks_for
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.in_calendar import along
from buurthuis.bookings.letters import bookers, send_to, to_booker
from buurthuis.bookings.models import Booking
from buurthuis.foundation.calendar_mail import Along
from buurthuis.foundation.links import absolute
from buurthuis.rules.calendar import rfc3339
from buurthuis.venues.models import Venue


def asked(change: ChangeRequest) -> None:
    """The booker hears that the house will answer; its managers hear that somebody waits."""
    to_booker("change_asked", change.booking, **facts_of_change(change))
    _to_managers("change_arrived", change)


def refused(change: ChangeRequest) -> None:
    """The booker hears no, why, and that the booking stays as it was."""
    facts = {"reason": change.reason, **facts_of_change(change)}
    leaves_at = change.answer_leaves_at
    to_booker("change_refused", change.booking, leaves_at=leaves_at, **facts)


def approved(change: ChangeRequest) -> None:
    """The booker hears yes to a change that moves nothing: another purpose at another price."""
    facts, leaves_at = facts_of_change(change), change.answer_leaves_at
    calendar = along([change.booking])
    to_booker("change_approved", change.booking, calendar=calendar, leaves_at=leaves_at, **facts)


def withdrawn(change: ChangeRequest, *, by: Person) -> None:
    """The managers hear that there is nothing to answer any more."""
    if speaks_for(by, change.booking.initiative_id):
        _to_managers("change_withdrawn", change)


def expired(change: ChangeRequest) -> None:
    """The booker hears that nobody answered, and that the booking stays as it was."""
    to_booker("change_expired", change.booking, **facts_of_change(change))


def left(booking: Booking, venue: Venue, *, before: dict[str, Any], by: Person) -> None:
    """The managers of the house that a booking leaves hear that their room is free again."""
    managers: Sequence[Person] = people_with_role(venue, RoleName.MANAGER)
    link = absolute("desk.overview", slug=venue.slug)
    facts = {"old_venue_name": venue.name, "by_name": by.name, **before}
    send_to("booking_left", booking, managers, link, **facts)


def other_house(
    booking: Booking, venue: Venue, off: Along | None, *, before: dict[str, Any]
) -> None:
    """The calendars of who booked it let go of it, before its other house invites them."""
    if off is None or venue.email == booking.venue.email:
        return
    invited = [each for each in bookers(booking) if each.invite_to_bookings]
    link = absolute("bookings.show", booking_id=booking.id)
    facts = {"old_venue_name": venue.name, **before}
    send_to("booking_other_house", booking, invited, link, calendar=off, **facts)


def facts_of_change(change: ChangeRequest) -> dict[str, Any]:
    """What a letter may say about a change, beside what it says about the booking."""
    return {
        "new_from_iso": rfc3339(change.from_at),
        "new_to_iso": rfc3339(change.to_at),
        "new_room_name": change.room.name,
        "new_venue_name": change.venue.name,
        "new_total_cents": change.total_cents,
        "new_house": change.leaves_house,
    }


def _to_managers(template: str, change: ChangeRequest) -> None:
    managers = people_with_role(change.venue, RoleName.MANAGER)
    link = absolute("desk.change", slug=change.venue.slug, change_request_id=change.id)
    send_to(template, change.booking, managers, link, **facts_of_change(change))
