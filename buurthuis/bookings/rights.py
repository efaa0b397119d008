"""Who may see, decide, change and cancel a booking, and who has a key to a house's desk."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, speaks_for
from buurthuis.bookings.models import Booking
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue

AT_THE_DESK = (
    RoleName.MANAGER,
    RoleName.COORDINATOR,
    RoleName.TREASURER,
    RoleName.HOST,
    RoleName.KEY_HOLDER,
)
STAFF = (*AT_THE_DESK, RoleName.BOARD)


@rule("booking.see")
def sees(person: Person | None, booking: Booking) -> bool:
    """The booker's initiative and the people of the house; the board sees it without names."""
    if person is None:
        return False
    return is_booker(person, booking) or has_role(person, *STAFF, venue_id=booking.venue_id)


@rule("booking.read")
def reads(person: Person | None, booking: Booking) -> bool:
    """With its title and its names: the booker's initiative and whoever works in the house."""
    if person is None:
        return False
    return is_booker(person, booking) or has_role(person, *AT_THE_DESK, venue_id=booking.venue_id)


@rule("booking.decide")
def decides(person: Person | None, booking: Booking) -> bool:
    """The managers of its house."""
    return person is not None and has_role(person, RoleName.MANAGER, venue_id=booking.venue_id)


@rule("booking.edit")
def edits(person: Person | None, booking: Booking) -> bool:
    """The booker's initiative and the managers of its house."""
    return person is not None and (is_booker(person, booking) or decides(person, booking))


@rule("booking.cancel")
def cancels(person: Person | None, booking: Booking) -> bool:
    """Whoever may change it."""
    return edits(person, booking)


@rule("booking.answer")
def answers(person: Person | None, booking: Booking) -> bool:
    """The booker's initiative answers the house."""
    return person is not None and is_booker(person, booking)


@rule("house.see")
def enters_house(person: Person | None, venue: Venue) -> bool:
    """Everybody with a role in the house."""
    return person is not None and has_role(person, *STAFF, venue_id=venue.id)


@rule("house.manage")
def manages(person: Person | None, venue: Venue) -> bool:
    """The managers of the house."""
    return person is not None and has_role(person, RoleName.MANAGER, venue_id=venue.id)


def is_booker(person: Person, booking: Booking) -> bool:
    """The person booked it, or speaks for the initiative it is for."""
    return speaks_for(person, booking.initiative_id)
