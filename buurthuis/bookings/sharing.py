"""The few words of a booking that its people send each other: what, when, where, and the way in."""

from textwrap import shorten

from buurthuis.bookings.models import Booking
from buurthuis.foundation.formatting import when

LONGEST = 300
SHORTEST_WAY_IN = 20
MANY_RULES = 300


def text_to_share(booking: Booking) -> str:
    """At most 300 characters for a messenger, in the language of the moment: no price, no names."""
    venue, room = booking.venue, booking.room
    where = (booking.title, f"{room.name}, {venue.name}", venue.address)
    lines = [where[0], when(booking), *where[1:]]
    if len("\n".join(lines)) > LONGEST:
        lines = [_cut(where[0], 60), when(booking), _cut(where[1], 90), _cut(where[2], 70)]
    left = LONGEST - len("\n".join(lines)) - 1
    way_in = " ".join(part for part in (venue.way_in, room.way_in) if part)
    if way_in and left >= SHORTEST_WAY_IN:
        lines.append(_cut(way_in, left))
    return "\n".join(line for line in lines if line)


def rules_in_short(rules: str) -> str:
    """The first rules of a house, as many whole lines as fit in a letter; the rest stand on its page."""
    kept: list[str] = []
    for line in rules.splitlines():
        if kept and len("\n".join([*kept, line])) > MANY_RULES:
            break
        kept.append(_cut(line, MANY_RULES))
    return "\n".join(kept).strip()


def _cut(text: str, longest: int) -> str:
    """Whole words, with a mark where some are left out; one endless word is cut in the middle."""
    short = shorten(text, longest, placeholder="…")
    return short if len(short) > 1 or not text else text[: longest - 1] + "…"
