"""What the house says no to when money is to go back, each with the facts it needs."""

from buurthuis.foundation.errors import Refusal, constraint_means
from buurthuis.rules.money import Cents


class MoreThanCameIn(Refusal):
    """More than is left of the payment, of what the house owes, or of the deposit; `most` is that."""

    code = "invalid"
    status = 422

    def __init__(self, most: Cents = 0) -> None:
        super().__init__(most=most)
        self.most = most


class NotWaiting(Refusal):
    """It is done already, did not work, or goes by itself."""

    code = "wrong-state"
    status = 409


class OnlineOnly(Refusal):
    """What was paid online goes back by the way it came."""

    code = "invalid"
    status = 422


constraint_means("refund_within_payment", MoreThanCameIn)
constraint_means("deposit_within_taken", MoreThanCameIn)
