"""A booking as an event of a calendar, and what goes along with letters about bookings for it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.calendar_mail import Along
from buurthuis.foundation.ical_event import Event, EventStatus
from buurthuis.foundation.links import absolute
from buurthuis.rules.states import Status

OVER = frozenset({Status.CANCELLED, Status.REFUSED, Status.EXPIRED})
CERTAIN = frozenset({Status.CONFIRMED, Status.NO_SHOW})


def along(bookings: Iterable[Booking]) -> Along | None:
    """What goes along about bookings of one house; None when there is none.

    Only what was ever certain stands in a calendar by mail: leave out what was merely asked for.
    """
    told = list(bookings)
    if not told:
        return None
    house = told[0].venue
    return Along([event_of(each) for each in told], house.name, house.email)


def called_off(booking: Booking) -> Along | None:
    """What lets a calendar forget a certain booking of this house before another house invites to it.

    An app believes no other organiser of the same event; None where there is none to forget.
    """
    if booking.status not in CERTAIN or not booking.venue.email:
        return None
    event = event_of(booking)
    just_before = event.changed_at - timedelta(seconds=1)
    off = replace(event, status=EventStatus.CANCELLED, is_busy=False, changed_at=just_before)
    return Along([off], booking.venue.name, booking.venue.email)


def sure(bookings: Iterable[Booking]) -> list[Booking]:
    """Those of some bookings that are certain, and so belong in a calendar."""
    return [each for each in bookings if each.status in CERTAIN]


def for_person(person: Person, going: Along | None) -> str | None:
    """What goes along for one of them, who may have said that they want none."""
    if going is None or not person.email or not person.invite_to_bookings:
        return None
    return going.to(person.email)


def facts_of(going: Along | None, text: str | None) -> dict[str, bool]:
    """What a letter says of the calendar that goes along with it (`for_person`)."""
    has_calendar = going is not None and text is not None
    return {
        "has_calendar": has_calendar,
        "calendar_by_hand": has_calendar and going is not None and going.is_file,
    }


def event_of(booking: Booking) -> Event:
    """The booking as its booker sees it in a calendar: the title and nothing else, with the place."""
    is_over, venue, room = booking.status in OVER, booking.venue, booking.room
    state = EventStatus.CONFIRMED if booking.status in CERTAIN else EventStatus.TENTATIVE
    place = (room.name, venue.name, venue.address)
    heard = (booking.changed_at, room.named_at, venue.named_at)
    return Event(
        uid=booking.uid,
        sequence=booking.sequence,
        starts_at=booking.from_at,
        ends_at=booking.to_at,
        summary=booking.title,
        location=", ".join(part for part in place if part),
        status=EventStatus.CANCELLED if is_over else state,
        changed_at=max(moment for moment in heard if moment is not None),
        created_at=booking.created_at,
        is_busy=not is_over,
        is_private=not booking.is_public,
        url=absolute("bookings.show", booking_id=booking.id),
    )
