"""Which letter goes to visitors of an activity, and to whoever organises it."""

from typing import Any, Final

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.activities.codes import link_of
from buurthuis.activities.in_calendar import along
from buurthuis.activities.models import Activity, Place, Seat
from buurthuis.bookings import letters
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.rules.calendar import rfc3339

TO_VISITORS: Final = (
    *("seat_reserved", "seat_free", "seat_given_up", "seat_reminder"),
    "activity_changed",
)
"""Their addresses are forgotten with the visitors."""


def reserved(seat: Seat) -> None:
    """The visitor has seats, or is on the list; with the page where they can give them up."""
    is_waiting = seat.place is Place.WAITING
    _to_visitor("seat_reserved", seat, has_calendar=not is_waiting, is_waiting=is_waiting)


def came_free(seat: Seat) -> None:
    """Who waited has seats now."""
    _to_visitor("seat_free", seat, has_calendar=True)


def given_up(seat: Seat) -> None:
    """The visitor reads that others can have the seats; to be written before they are forgotten."""
    _to_visitor("seat_given_up", seat)


def reminder(seat: Seat) -> None:
    """It is tomorrow; with the link to give the seat back."""
    _to_visitor("seat_reminder", seat)


def changed(seat: Seat, *, is_off: bool) -> None:
    """It does not go through, or at another time or place."""
    _to_visitor("activity_changed", seat, has_calendar=seat.place is Place.SEATED, is_off=is_off)


def taken_out(activity: Activity, reason: str) -> None:
    """The group reads why it is no longer in the agenda."""
    link = absolute("activities.edit", booking_id=activity.booking.id)
    letters.to_booker("activity_taken_out", activity.booking, reason=reason, ask_link=link)


def asked_back(activity: Activity, word: str) -> None:
    """The managers read that the group asks to put it back, and look at it."""
    booking = activity.booking
    link = absolute("activities.edit", booking_id=booking.id)
    managers = people_with_role(booking.venue, RoleName.MANAGER)
    letters.send_to("activity_asked_back", booking, managers, link, text=word)


def _to_visitor(template: str, seat: Seat, *, has_calendar: bool = False, **more: Any) -> None:
    """With a file for their calendar, where the letter says when to come."""
    if seat.email:
        facts = {"person_name": seat.name, "seats": seat.people, "link": link_of(seat)}
        facts |= {**_facts_of(seat.activity), "has_calendar": has_calendar, **more}
        calendar = along(seat.activity).to(seat.email) if has_calendar else None
        outbox.post(template, seat.email, seat.language, facts, calendar=calendar)


def _facts_of(activity: Activity) -> dict[str, Any]:
    """What everybody may know; neither the group nor its price."""
    booking, venue = activity.booking, activity.booking.venue
    return {
        "title": activity.title,
        "from_iso": rfc3339(booking.from_at),
        "to_iso": rfc3339(booking.to_at),
        "room_name": booking.room.name,
        "venue_name": venue.name,
        "venue_address": venue.address,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
        "activity_link": absolute("activities.activity", activity_id=activity.id),
    }
