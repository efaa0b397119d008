"""What the worker does about money in every round: ask how payments stand, and carry refunds."""

from buurthuis.payments.checkout.upkeep import follow_payments
from buurthuis.payments.refunds.carrying import carry


def follow_money() -> int:
    """Do what is due now at the provider; says how many places were let go."""
    let_go = follow_payments()
    carry()
    return let_go
