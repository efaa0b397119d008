"""Days and amounts as banks write them in tables."""

import re
from contextlib import suppress
from datetime import date
from typing import Final

from buurthuis.payments.bank.reading import MOST_CENTS
from buurthuis.rules.money import Cents

YEARS: Final = range(2000, 2100)
AWAY: Final = frozenset({"AF", "D", "DEBIT", "DEBET", "DBIT", "DR", "-", "UIT", "OUT"})
TOWARDS: Final = frozenset({"BIJ", "C", "CREDIT", "CRDT", "CR", "+", "IN"})
"""What a column of signs says: money went, or money came."""

_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)", re.ASCII)
_AMOUNT = re.compile(
    r"([+-]?)\s*(\d{1,3}(?:[.,' ]\d{3})+|\d{1,9})(?:([.,])(\d{1,2}))?\s*([+-]?)", re.ASCII
)


class NotReadable(ValueError):
    """A cell says no day, or no amount."""


def day_in(text: str) -> date:
    """The day of a cell: 2026-03-02, 20260302 or 02-03-2026; a clock time behind it says nothing.

    Raises:
        NotReadable: there is none.
    """
    plain = text.strip()
    with suppress(ValueError):
        if (found := _YEAR_FIRST.match(plain)) is not None:
            return _date(found[1], found[3], found[4])
        if (found := _DAY_FIRST.match(plain)) is not None:
            year = found[4] if len(found[4]) == 4 else "20" + found[4]
            return _date(year, found[3], found[1])
    raise NotReadable(text)


def _date(year: str, month: str, day: str) -> date:
    if int(year) not in YEARS:
        raise ValueError(year)
    return date(int(year), int(month), int(day))


def is_day(text: str) -> bool:
    """Whether a cell says a day."""
    with suppress(NotReadable):
        return bool(day_in(text))
    return False


def cents_in(text: str) -> Cents:
    """The cents of an amount: 1.234,56 and 1,234.56, with its sign before or behind it.

    The last comma or point with one or two figures behind it divides; the others only group.

    Raises:
        NotReadable: it is no amount.
    """
    plain = text.replace("\u2212", "-").replace("€", "").replace("EUR", "").strip()
    found = _AMOUNT.fullmatch(plain)
    # One sign does not both group and divide, and an amount has one sign of its own.
    if found is None or (found[3] and found[3] in found[2]) or (found[1] and found[5]):
        raise NotReadable(text)
    whole = int(re.sub(r"\D", "", found[2]))
    cents = whole * 100 + int((found[4] or "").ljust(2, "0"))
    if cents > MOST_CENTS:
        raise NotReadable(text)
    return -cents if "-" in (found[1], found[5]) else cents


def is_amount(text: str) -> bool:
    """Whether a cell says an amount with cents, as banks always write them."""
    with suppress(NotReadable):
        cents_in(text)
        return re.search(r"[.,]\d{1,2}\s*[+-]?$", text.strip()) is not None
    return False


def is_iban(text: str) -> bool:
    """Whether a cell says the number of an account."""
    return re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", text.replace(" ", "").upper()) is not None


def sign_in(text: str) -> int:
    """1 for money that came, -1 for money that went.

    Raises:
        NotReadable: the word says neither.
    """
    word = text.strip().upper()
    if word in TOWARDS:
        return 1
    if word in AWAY:
        return -1
    raise NotReadable(text)


def is_sign(text: str) -> bool:
    """Whether a cell says whether money came or went."""
    return text.strip().upper() in AWAY | TOWARDS
