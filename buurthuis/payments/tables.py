"""All tables of money, for whoever needs them to be known: migrations, and relations by name."""

from buurthuis.payments.bank.models import BankLine, BankStatement
from buurthuis.payments.checkout.models import Checkout, StripeEvent
from buurthuis.payments.deposits.models import Deposit, DepositTurn
from buurthuis.payments.invoices.models import (
    BillingParty,
    Invoice,
    InvoiceCount,
    InvoiceLine,
    Reminder,
)
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.payments.refunds.models import Refund
from buurthuis.tariffs.ways.models import HouseAccount, WayToPay

__all__ = [
    "BankLine",
    "BankStatement",
    "BillingParty",
    "Checkout",
    "Deposit",
    "DepositTurn",
    "HouseAccount",
    "Invoice",
    "InvoiceCount",
    "InvoiceLine",
    "LedgerEntry",
    "Payment",
    "Refund",
    "Reminder",
    "Settlement",
    "StripeEvent",
    "WayToPay",
]
