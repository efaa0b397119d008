"""What the house says no to about volunteer work."""

from datetime import date

from buurthuis.foundation.errors import Refusal


class WorkToCome(Refusal):
    """The day still has to come."""

    code = "too-early"


class WorkTooLongAgo(Refusal):
    """It is so long ago that nobody knows it any more."""

    code = "too-late"

    def __init__(self, first: date) -> None:
        super().__init__()
        self.first = first


class ShiftCounts(Refusal):
    """The person had a shift on that day, which counts by itself; they have to say that this is more."""

    code = "shift-counts"
    status = 409


class TooMuchWork(Refusal):
    """A day has twenty-four hours."""

    code = "too-much"
