"""What the worker does about money in every round: ask how payments stand, and carry refunds."""

from buurthuis.payments.checkout.upkeep import follow_payments
from buurthuis.payments.deposits.actions import give_back_what_is_off
from buurthuis.payments.refunds.carrying import carry


def follow_money() -> int:
    """Do what is due now at the provider; says how many places were let go."""
    let_go = follow_payments()
    give_back_what_is_off()
    carry()
    return let_go
