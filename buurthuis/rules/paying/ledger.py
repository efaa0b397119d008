"""The books of a house: every entry moves cents from one account to another, so they always balance.

An entry names the account that receives (debit) and the one that gives (credit). Entries are
never changed or taken away; what was wrong is entered the other way round. A house books these:

| what happens | debit | credit |
|---|---|---|
| an invoice, without discount | receivable | income |
| the discount given on it | discount | income |
| its VAT | receivable | vat |
| a credit note | the same, the other way round | |
| money for an invoice | bank, cash, card or online | receivable |
| money that belongs to no invoice yet | bank, cash, card or online | unallocated |
| it turns out to be for an invoice | unallocated | receivable |
| money given back | receivable | bank, cash, card or online |
| an open item written off | written_off | receivable |
| an open item from before | receivable | opening |
| a deposit taken | bank, cash, card or online | deposit |
| a deposit given back | deposit | bank, cash, card or online |
| a deposit kept | deposit | deposit_kept |
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from buurthuis.rules.money import Cents


class Account(StrEnum):
    """An account of the books; the words are in files that treasurers take along."""

    RECEIVABLE = "receivable"
    INCOME = "income"
    DISCOUNT = "discount"
    VAT = "vat"
    BANK = "bank"
    CASH = "cash"
    CARD = "card"
    ONLINE = "online"
    UNALLOCATED = "unallocated"
    DEPOSIT = "deposit"
    DEPOSIT_KEPT = "deposit_kept"
    WRITTEN_OFF = "written_off"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Entry:
    """So many cents, more than nothing, from the account that gives to the one that receives."""

    debit: Account
    credit: Account
    cents: Cents

    def __post_init__(self) -> None:
        if self.cents <= 0 or self.debit is self.credit:
            raise ValueError("An entry moves more than nothing between two accounts.")

    @property
    def reversed(self) -> "Entry":
        """The same the other way round: as if it never was."""
        return Entry(self.credit, self.debit, self.cents)


def entries(*moves: tuple[Account, Account, Cents]) -> list[Entry]:
    """Entries of these moves (debit, credit, cents): nothing is left out, less is the other way round."""
    found = []
    for debit, credit, cents in moves:
        if cents:
            entry = Entry(debit, credit, abs(cents))
            found.append(entry if cents > 0 else entry.reversed)
    return found


def balances(every: Iterable[Entry]) -> Counter[Account]:
    """What stands on each account: received less given. All together they are nothing."""
    found: Counter[Account] = Counter()
    for entry in every:
        found[entry.debit] += entry.cents
        found[entry.credit] -= entry.cents
    return found
