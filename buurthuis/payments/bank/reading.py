"""What a file of the bank says, whatever its shape: lines, of which account, and how many were left out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from buurthuis.rules.money import Cents
from buurthuis.rules.wording import one_line

MOST_BYTES: Final = 10_000_000
MOST_LINES: Final = 10_000
MOST_CENTS: Final = 1_000_000_000
"""Ten million euros: what is above it is no line of a neighbourhood house, and would not be stored."""
LONGEST_NAME: Final = 140
LONGEST_TEXT: Final = 1_000
LONGEST_REFERENCE: Final = 60
LONGEST_IBAN: Final = 34


@dataclass(frozen=True, slots=True)
class Found:
    """A line as the file has it; its amount is below nothing where money went."""

    booked_on: date
    cents: Cents
    counterparty: str = ""
    iban: str = ""
    text: str = ""
    reference: str = ""
    bank_reference: str = ""
    """What the bank itself knows it by; empty where it does not say."""
    account: str = ""
    """Of which account of the house it tells, where the file says so."""

    @property
    def fitting(self) -> "Found":
        """The same, with texts that can be kept."""
        return Found(
            self.booked_on,
            self.cents,
            cut(self.counterparty, LONGEST_NAME),
            cut(self.iban.replace(" ", ""), LONGEST_IBAN).upper(),
            cut(self.text, LONGEST_TEXT),
            cut(self.reference, LONGEST_REFERENCE),
            cut(self.bank_reference, LONGEST_REFERENCE),
            cut(self.account.replace(" ", ""), LONGEST_IBAN).upper(),
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """All lines of a file, in its order."""

    lines: tuple[Found, ...]
    left_out: int = 0
    """How many could not be read, or are in other money."""

    @property
    def account(self) -> str:
        """Of which account it tells; empty where it does not say, or tells of several."""
        accounts = {line.account for line in self.lines}
        return accounts.pop() if len(accounts) == 1 else ""


def cut(text: str, longest: int) -> str:
    """A text on one line, without what no reader sees, ended where it gets too long."""
    most = 4 * longest
    return one_line(text[:most], longest=4 * most)[:longest].rstrip()


def keys_of(lines: Sequence[Found]) -> list[str]:
    """What tells each line from all others of a house, the same whenever a file with it is brought.

    Two lines that say the same are the first and the second such line of their day.
    """
    seen: Counter[Found] = Counter()
    found = []
    for line in lines:
        seen[line] += 1
        says = [line.account, line.booked_on, line.cents, line.bank_reference, line.counterparty]
        says += [line.iban, line.text, line.reference, seen[line]]
        found.append(sha256("\n".join(map(str, says)).encode()).hexdigest())
    return found
