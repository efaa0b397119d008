"""The answer to a series that lies in the tray still, and how it is offered to take it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import session, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from buurthuis.bookings.changes.queries import latest_change_of
from buurthuis.bookings.changes.taking_back import is_in_tray
from buurthuis.bookings.door import TOLD
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.models import Series
from buurthuis.foundation import clock


@dataclass(frozen=True, slots=True)
class Tray:
    """When the letter with an answer leaves, and what the inbox is told to take it back."""

    leaves_at: datetime
    told: dict[str, Any]
    undo_url: str


def tray_of(bookings: Iterable[Booking]) -> Tray | None:
    """The answer to days of a series that nobody has heard yet."""
    now = clock.now()
    for booking in bookings:
        if booking.answer_leaves_at is not None and booking.answer_leaves_at > now:
            return _tray(booking, booking.answer_leaves_at, now)
    return None


def on_to_the_inbox(series: Series, words: str) -> Response:
    """Go on with what waits for the house; there stands what happened, and how to take it back."""
    tray = tray_of(queries.bookings_of(series))
    session[TOLD] = {"words": words, "at": None, **(tray.told if tray else {})}
    return redirect(url_for("desk.requests", slug=series.venue.slug), 303)


def _tray(booking: Booking, leaves_at: datetime, now: datetime) -> Tray | None:
    slug, asked = booking.venue.slug, latest_change_of(booking)
    if asked is None:
        url = url_for("desk.undo", slug=slug, booking_id=booking.id)
        return Tray(leaves_at, {"undo": booking.id}, url)
    if not is_in_tray(asked, now):
        return None
    url = url_for("desk.undo_change", slug=slug, change_request_id=asked.id)
    return Tray(leaves_at, {"undo_change": asked.id}, url)
