"""Which invoices the text of a payment names: by their reference, by their number, by whose they are.

People and banks write the same thing in many ways: "RF18 5390 0754", "factuur bk 2026-7",
"BK-2026-0007/huur maart". Only letters and figures count, and a number never ends in the
middle of a longer one.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from buurthuis.rules.money import Cents

SHORTEST_NAME: Final = 6
"""A number with fewer letters and figures says too little: "12" stands in every text."""
SHORTEST_GROUP: Final = 5
_GAP: Final = r"[^0-9A-Z]*"
_SMALL_GAP: Final = r"[^0-9A-Z]{0,3}"
_NOTHING_BEFORE: Final = r"(?<![0-9A-Z])"
_NO_FIGURE_AFTER: Final = r"(?![0-9])"


@dataclass(frozen=True, slots=True)
class Item:
    """An invoice that asks for money, or that was paid already when `open_cents` is nothing."""

    id: int
    name: str
    reference: str
    group_id: int
    group_name: str
    open_cents: Cents
    due_on: date

    @property
    def tells_much(self) -> bool:
        """Its number has letters; one of figures alone could as well be a day or a telephone."""
        return any(map(str.isalpha, self.name))


@dataclass(frozen=True, slots=True)
class Said:
    """What a payment says, in capitals, as it stands and without its signs."""

    raw: str
    plain: str

    @classmethod
    def by(cls, *texts: str) -> "Said":
        """What these texts say, one after the other; one ends where the next begins."""
        raw = _capitals(" | ".join(texts))
        return cls(raw, plain(raw))


def plain(text: str) -> str:
    """Letters and figures alone, in capitals."""
    return re.sub(r"[^0-9A-Z]", "", _capitals(text))


def _capitals(text: str) -> str:
    """In capitals, with accents beside their letters: banks carry CAFÉ as CAFE."""
    return unicodedata.normalize("NFKD", text).upper()


class Names:
    """What invoices are called, ready to be looked for in many texts; the one due first comes first."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = sorted(items, key=lambda item: (item.due_on, item.id))
        self._references = [(plain(item.reference), item) for item in self.items]
        self._names = [(each, item) for item in self.items for each in _spellings(item.name)]
        self._groups = {item.group_id: plain(item.group_name) for item in self.items}

    def referred(self, said: Said) -> list[Item]:
        """Invoices whose reference stands there."""
        return [
            item
            for needle, item in self._references
            if needle and needle in said.plain and _stands(_GAP.join(needle), said)
        ]

    def named(self, said: Said) -> list[Item]:
        """Invoices whose number stands there."""
        found = {
            item.id: item
            for needle, item in self._names
            if needle in said.plain and _stands(_NOTHING_BEFORE + _pattern(item.name), said)
        }
        return list(found.values())

    def groups(self, said: Said) -> frozenset[int]:
        """Groups whose name stands there."""
        return frozenset(
            group
            for group, needle in self._groups.items()
            if len(needle) >= SHORTEST_GROUP and needle in said.plain
        )


def _stands(pattern: str, said: Said) -> bool:
    return re.search(pattern + _NO_FIGURE_AFTER, said.raw) is not None


def _spellings(name: str) -> set[str]:
    """A number with and without the noughts before its last part: 0007 is also written 7."""
    parts = _parts(name)
    if sum(map(len, parts)) < SHORTEST_NAME:
        return set()
    return {"".join(parts), "".join([*parts[:-1], parts[-1].lstrip("0")])}


def _pattern(name: str) -> str:
    *first, last = _parts(name)
    return _SMALL_GAP.join([*first, "0*" + last.lstrip("0")])


def _parts(name: str) -> list[str]:
    return re.findall(r"[0-9A-Z]+", _capitals(name))
