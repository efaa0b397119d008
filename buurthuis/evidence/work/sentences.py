"""What the house says when it says no about volunteer work."""

from flask_babel import gettext as _

from buurthuis.evidence.work.refusals import ShiftCounts, TooMuchWork, WorkToCome, WorkTooLongAgo
from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import day


@says(WorkToCome)
def to_come(_refusal: WorkToCome) -> str:
    """First it has to be done."""
    return _("This day still has to come. Write it down afterwards.")


@says(WorkTooLongAgo)
def too_long_ago(refusal: WorkTooLongAgo) -> str:
    """So long after, nobody knows."""
    return _("This is too long ago. Choose a day from %(day)s on.", day=day(refusal.first, 0))


@says(ShiftCounts)
def shift_counts(_refusal: ShiftCounts) -> str:
    """The same hours must not count twice."""
    return _(
        "You had a shift on this day. It counts by itself. Is this more than the shift? Tick so."
    )


@says(TooMuchWork)
def too_much(_refusal: TooMuchWork) -> str:
    """More than a day has."""
    return _("A day has 24 hours. Write fewer hours.")
