"""The themes as a list to tap, on the page of a booking or a series: what was said, and what one can say."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from buurthuis.activities.words import FOR_WHOM
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.evidence.door import blueprint
from buurthuis.evidence.tags.queries import Said, said_of
from buurthuis.evidence.tags.words import HINTS, THEMES


@dataclass(frozen=True, slots=True)
class Taps:
    """What the list shows; `said` goes before what was said of the series."""

    action: str
    said: Said | None
    of_series: Said | None
    is_day_of_series: bool
    themes: dict[Any, Any]
    hints: dict[Any, Any]
    audiences: dict[Any, Any]

    @property
    def now(self) -> Said | None:
        """What counts."""
        return self.said or self.of_series


def theme_taps(about: Booking | Series, at: str = "own") -> Taps:
    """The list for a booking or a series; `at` is the page to come back to: `own` or `desk`."""
    said, of_series = said_of(about)
    words = (THEMES, HINTS, FOR_WHOM)
    if isinstance(about, Series):
        action = url_for("evidence.say_of_series", series_id=about.id)
        return Taps(action, said, None, False, *words)
    action = url_for("evidence.say_of_booking", booking_id=about.id, at=at)
    return Taps(action, said, of_series, about.series_id is not None, *words)


@blueprint.app_context_processor
def _to_tap() -> dict[str, Any]:
    """Pages of other features draw the list; it asks the database only where they do."""
    return {"theme_taps": theme_taps}
