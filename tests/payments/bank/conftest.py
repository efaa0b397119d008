"""What tests of the bank share: a house with its treasurer, two groups and what they owe."""

from collections.abc import Callable
from typing import Any

import pytest

from buurthuis.accounts.models import Initiative, Person
from buurthuis.payments.bank import bringing
from buurthuis.payments.bank.camt import read_camt
from buurthuis.payments.bank.models import BankLine
from buurthuis.payments.invoices.models import Invoice
from buurthuis.venues.models import Venue
from tests.builders import a_venue
from tests.payments.bank.files import entry, part, statement
from tests.payments.builders import a_group, a_treasurer, an_invoice


@pytest.fixture
def venue(app: Any) -> Venue:
    return a_venue("de-hoek")


@pytest.fixture
def chandra(venue: Venue) -> Person:
    return a_treasurer(venue)


@pytest.fixture
def group(venue: Venue) -> Initiative:
    return a_group()


@pytest.fixture
def invoice(venue: Venue, group: Initiative) -> Invoice:
    """Bram's group still has to pay 20 euros."""
    return an_invoice(2000, venue=venue, for_=group)


@pytest.fixture
def brought(venue: Venue, chandra: Person) -> Callable[..., list[BankLine]]:
    """Bring a file with these payments: `brought(("20.00", "huur", {"iban": BRAM}))`."""

    def lines(*paid: tuple[Any, ...]) -> list[BankLine]:
        entries = []
        for amount, text, *more in paid:
            facts: dict[str, Any] = dict(more[0]) if more else {}
            side = "DBIT" if amount.startswith("-") else "CRDT"
            facts.setdefault("side", "Cdtr" if side == "DBIT" else "Dbtr")
            entries.append(entry(amount.lstrip("-"), part(text, **facts), side=side))
        said = read_camt(statement(*entries))
        return list(bringing.bring(venue, said, name="maart.xml", by=chandra).lines)

    return lines
