"""The words of money: ways to pay, what money came by, how invoices stand, and the accounts of the books."""

from typing import Any

from flask_babel import lazy_gettext as _l

from buurthuis.payments.invoices.models import Kind
from buurthuis.payments.refunds.models import RefundState
from buurthuis.rules.paying import open_items
from buurthuis.rules.paying.checkout import Flag
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.open_items import How
from buurthuis.rules.paying.ways import Means

MEANS: dict[Means, Any] = {
    Means.ONLINE: _l("Online"),
    Means.BANK: _l("By bank"),
    Means.CASH: _l("Cash"),
    Means.CARD: _l("By card"),
}
KINDS: dict[Kind, Any] = {
    Kind.INVOICE: _l("Invoice"),
    Kind.CREDIT_NOTE: _l("Credit note"),
    Kind.OPENING: _l("Debt from before"),
}
STATES: dict[open_items.State, Any] = {
    open_items.State.OPEN: _l("To pay"),
    open_items.State.PART_PAID: _l("Partly paid"),
    open_items.State.OVERDUE: _l("Late"),
    open_items.State.SETTLED: _l("Paid"),
    open_items.State.TO_GIVE_BACK: _l("To give back"),
}
"""How an invoice stands; what was written off or credited whole is settled too (`SETTLED_BY`)."""

SETTLED_BY: dict[How, Any] = {
    How.PAYMENT: _l("Paid"),
    How.CREDIT: _l("Taken off by a credit note"),
    How.REFUND: _l("Given back"),
    How.WRITE_OFF: _l("Let go"),
}
AGES: tuple[Any, ...] = (
    _l("Not due yet"),
    _l("1 to 30 days late"),
    _l("31 to 60 days late"),
    _l("61 to 90 days late"),
    _l("More than 90 days late"),
)
"""In which of `rules.paying.open_items.AGES` an open item falls, by its place."""

FLAGS: dict[Flag, Any] = {
    Flag.AMOUNT: _l("Another amount was paid than we asked."),
    Flag.CURRENCY: _l("It was paid in another currency."),
    Flag.MODE: _l("It was no real money, or real money in a rehearsal."),
    Flag.OTHER: _l("What the payment service says does not fit."),
}
REFUNDS: dict[RefundState, Any] = {
    RefundState.PENDING: _l("On its way back"),
    RefundState.DONE: _l("Given back"),
    RefundState.FAILED: _l("Did not work"),
}
ACCOUNTS: dict[Account, Any] = {
    Account.RECEIVABLE: _l("Still to receive"),
    Account.INCOME: _l("Rent, at the normal price"),
    Account.DISCOUNT: _l("Discount given"),
    Account.VAT: _l("VAT to hand on"),
    Account.BANK: _l("Bank"),
    Account.CASH: _l("Cash box"),
    Account.CARD: _l("Card payments"),
    Account.ONLINE: _l("Online payments"),
    Account.UNALLOCATED: _l("Money without an invoice"),
    Account.DEPOSIT: _l("Deposits held"),
    Account.DEPOSIT_KEPT: _l("Deposits kept"),
    Account.WRITTEN_OFF: _l("Let go"),
    Account.OPENING: _l("Debts from before"),
}
ACCOUNTS_TELL: dict[Account, Any] = {
    Account.RECEIVABLE: _l("What groups still have to pay of their invoices."),
    Account.INCOME: _l("What all bookings would bring at the normal price, without VAT."),
    Account.DISCOUNT: _l("What the house gave groups as discount."),
    Account.VAT: _l("VAT on invoices. It goes to the tax office."),
    Account.BANK: _l("What came in and went out through the bank."),
    Account.CASH: _l("What was paid in cash."),
    Account.CARD: _l("What was paid by card in the house."),
    Account.ONLINE: _l("What groups paid online. The payment service hands it on."),
    Account.UNALLOCATED: _l("Money that came in for no invoice yet."),
    Account.DEPOSIT: _l("Money of groups that the house keeps for them."),
    Account.DEPOSIT_KEPT: _l("Deposits that the house did not give back."),
    Account.WRITTEN_OFF: _l("What the house no longer asks."),
    Account.OPENING: _l("What groups owed before the house began here."),
}
"""What stands on an account, for who never kept books."""
