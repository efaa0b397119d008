"""What paying online says no to."""

from buurthuis.foundation.errors import Refusal


class NotToBePaid(Refusal):
    """There is nothing to pay online for this (any more): paid, over, or called off."""

    code = "wrong-state"
    status = 409


class NoOnlinePaying(Refusal):
    """The house has no account with a provider."""

    code = "no-online-paying"
    status = 409


class PageUnreachable(Refusal):
    """The provider does not answer, so there is no page to pay on now."""

    code = "provider-down"
    status = 503


class NotFlagged(Refusal):
    """Somebody decided about this payment already."""

    code = "wrong-state"
    status = 409
