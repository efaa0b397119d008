"""What the season's list is refused for."""

from buurthuis.foundation.errors import Refusal


class ListChanged(Refusal):
    """What can be booked, or what it costs, is no longer what was shown."""

    code = "changed"
    status = 409


class NothingToBook(Refusal):
    """No day of any line can be booked."""

    code = "invalid"
    status = 422
