"""All pages of money: importing this opens them."""

from buurthuis.payments import stripe_gateway as stripe_gateway
from buurthuis.payments import tables as tables
from buurthuis.payments.door import blueprint

__all__ = ["blueprint"]
