"""What subscribing to a calendar of others refuses, and why one that came is not taken in."""

from buurthuis.foundation.errors import Refusal


class NotACalendar(Refusal):
    """What came is no calendar, only half of one, or asks too much to read; `why` is a code."""

    code = "not-a-calendar"


class SuddenlyLess(Refusal):
    """So little is left (`after` of `before` times) that it is rather a mistake of the other side."""

    code = "suddenly-less"


class OwnCalendar(Refusal):
    """The address is one of our own: a house cannot close its rooms because they are taken here."""

    code = "own-calendar"


class TooManyCalendars(Refusal):
    """A house is subscribed to `most` already."""

    code = "too-many-calendars"
    status = 409
