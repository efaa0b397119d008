"""How this house answered in the last months: a plain figure, with the reasons."""

from datetime import timedelta

from buurthuis.bookings.answer_counts import OWN_WORDS, answers_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.pages.desk_door import blueprint, desk_page, house
from buurthuis.pages.desk_words import OWN_REASON, REFUSALS
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Venue

DAYS = 90


@blueprint.get("/answers")
@needs("desk.see", house)
def answer_counts(venue: Venue) -> str:
    """How many asked, how many heard yes or no, and why not."""
    now = clock.now()
    counts = answers_of(venue, Period(now - timedelta(days=DAYS), now + timedelta(seconds=1)))
    words = {OWN_WORDS: OWN_REASON, **REFUSALS}
    return desk_page(
        "answer_counts",
        venue,
        counts=counts,
        days=DAYS,
        reasons=[(words.get(kind, kind), count) for kind, count in counts.why_not.items()],
    )
