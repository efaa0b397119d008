"""Who pays online for a booking, and who sees and decides about an attempt to pay."""

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.models import Booking
from buurthuis.bookings.rights import is_booker
from buurthuis.foundation.access import rule
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.rights import does_money, sees_money


@rule("booking.pay")
def pays_booking(person: Person | None, booking: Booking) -> bool:
    """Who speaks for the group that booked."""
    return person is not None and is_booker(person, booking)


@rule("checkout.see")
def sees_checkout(person: Person | None, attempt: Checkout) -> bool:
    """Who speaks for the group that pays, and who sees the money of the house."""
    return pays(person, attempt) or sees_money(person, attempt)


@rule("checkout.decide")
def decides_checkout(person: Person | None, attempt: Checkout) -> bool:
    """Who does the money of the house."""
    return does_money(person, attempt)


def pays(person: Person | None, attempt: Checkout) -> bool:
    """The person speaks for the group that pays."""
    return speaks_for(person, attempt.initiative.id)
