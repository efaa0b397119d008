"""What the pages of the bank say about a line: why this is proposed, and what columns can mean."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from buurthuis.payments.bank.columns import NOTHING, TEXT
from buurthuis.rules.paying.matching import Why

WHY: Final[Mapping[Why, Any]] = {
    Why.REFERENCE: _l("The reference and the amount are right."),
    Why.NAME: _l("The number and the amount are right."),
    Why.TOGETHER: _l("These invoices come to this amount."),
    Why.PART: _l("It is less than the invoice asks."),
    Why.MORE: _l("It is more than the invoice asks. The rest stays with the group."),
    Why.PAID_BEFORE: _l("The invoice was paid before. The money stays with the group."),
    Why.PAYER: _l("This bank account paid for this group before. The amount is right."),
    Why.PAYER_TOGETHER: _l("This bank account paid for this group before. Only these fit."),
    Why.GROUP: _l("The name of the group and the amount are right."),
    Why.SEVERAL: _l("More than one fits. Choose."),
    Why.GROUP_ONLY: _l("We know the group. No invoice has this amount."),
    Why.AMOUNT: _l("Only the amount fits. Look who paid."),
    Why.REFUND: _l("You give this amount back to this group."),
    Why.NOTHING: _l("We find nothing that fits."),
}
COLUMNS: Final[Mapping[str, Any]] = {
    NOTHING: _l("Nothing we need"),
    "day": _l("The day"),
    "cents": _l("The amount"),
    "came": _l("What came in"),
    "went": _l("What went out"),
    "sign": _l("If it came or went"),
    "counterparty": _l("The name of the other"),
    "iban": _l("The bank account of the other"),
    TEXT: _l("What the payer wrote"),
    "reference": _l("The payment reference"),
    "bank_reference": _l("The number of the bank"),
    "account": _l("Our own bank account"),
    "currency": _l("Which money"),
}
ASIDE: Final[tuple[Any, ...]] = (
    _l("Costs of the house"),
    _l("Online payments that the provider paid out"),
    _l("Between our own bank accounts"),
    _l("A subsidy or a gift"),
)
"""Why lines have nothing to do with invoices, most often."""
