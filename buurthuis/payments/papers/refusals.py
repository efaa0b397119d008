"""What the house says no to about papers."""

from buurthuis.foundation.errors import Refusal


class NothingUsed(Refusal):
    """There is no booking yet that is certain, so there is nothing to tell the value of."""

    code = "wrong-state"
    status = 409
