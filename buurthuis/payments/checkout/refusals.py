"""What paying online says no to."""

from buurthuis.foundation.errors import Refusal, constraint_means


class NotToBePaid(Refusal):
    """There is nothing to pay online for this (any more): paid, over, or called off."""

    code = "wrong-state"
    status = 409


class PaidAlready(Refusal):
    """An invoice asks nothing any more."""

    code = "wrong-state"
    status = 409


class BegunAlready(Refusal):
    """Somebody else of the group began to pay this at the same moment."""

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


for column in ("booking_id", "invoice_id"):
    constraint_means(f"uq_checkout_live_{column}", BegunAlready)
    constraint_means(f"UNIQUE constraint failed: checkout.{column}", BegunAlready)  # SQLite
