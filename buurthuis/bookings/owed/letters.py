"""The letter to a group about which somebody decided what it pays."""

from buurthuis.bookings import letters
from buurthuis.bookings.owed.facts import told_of
from buurthuis.bookings.owed.models import Owed


def decided(owed: Owed) -> None:
    """The booker reads what the house decided, and why."""
    letters.to_booker("owed_decided", owed.booking, reason=owed.reason, **told_of(owed))
