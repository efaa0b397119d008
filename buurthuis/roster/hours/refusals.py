"""What the house says no to about hours."""

from buurthuis.foundation.errors import Refusal


class NotDone(Refusal):
    """Only a shift that is done has hours."""

    code = "wrong-state"
    status = 409


class NothingSigned(Refusal):
    """Nobody has signed for any hours yet."""

    code = "wrong-state"
    status = 409
