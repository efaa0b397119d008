"""What a page of the desk needs to show who is there, and to ask about the others."""

from collections.abc import Sequence
from typing import Any

from buurthuis.bookings.models import Booking
from buurthuis.bookings.things.words import things_of
from buurthuis.bookings.today.forms import BANDS
from buurthuis.bookings.today.queries import on_the_day
from buurthuis.foundation import clock
from buurthuis.foundation.access import visitor


def facts_of_the_day(bookings: Sequence[Booking]) -> dict[str, Any]:
    """How each booking stands on its day, what goes with it, and the words for head counts."""
    return {
        "presence": on_the_day(bookings, visitor(), now=clock.now()),
        "bands": BANDS,
        "things": things_of(bookings),
    }
