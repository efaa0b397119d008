"""What the house says no to when somebody decides what is owed, each with the facts it needs."""

from buurthuis.foundation.errors import Refusal
from buurthuis.rules.money import Cents


class NothingOwed(Refusal):
    """Nothing is owed for this booking any more."""

    code = "wrong-state"
    status = 409


class TooMuch(Refusal):
    """More than the booking itself would cost; `most` is that."""

    code = "invalid"
    status = 422

    def __init__(self, most: Cents) -> None:
        super().__init__(most=most)
        self.most = most
