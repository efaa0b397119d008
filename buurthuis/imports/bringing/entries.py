"""An entry of another calendar as it is kept in a row, and what tells whether it changed."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from buurthuis.accounts.actions import LONGEST_NAME
from buurthuis.bookings.wish_fields import LONGEST_REMARK, LONGEST_TITLE
from buurthuis.imports.readers.carrying import found_from, told_found
from buurthuis.imports.readers.rows import Found
from buurthuis.rules.periods import Period

LONGEST: Final = {
    "title": LONGEST_TITLE,
    "remark": LONGEST_REMARK,
    "place": 200,
    "group": LONGEST_NAME,
    "kind": 120,
}
MOST_PEOPLE: Final = 100_000
PRIVATE: Final = "Privé"
UNNAMED: Final = "Zonder titel"
_WHAT_COUNTS: Final = (
    *(
        "starts_at",
        "ends_at",
        "is_all_day",
        "title",
        "place",
        "group",
        "remark",
        "people",
        "status",
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of an import: what it says, and what somebody said about it.

    `is_gone` is one that came before and is no longer in the file; then `found` says what stands here.
    """

    number: int
    key: str
    found: Found
    tick: bool | None = None
    is_gone: bool = False

    @property
    def period(self) -> Period:
        """When it is; to be asked only of an entry that has a length."""
        return Period(self.found.starts_at, self.found.ends_at)

    @property
    def title(self) -> str:
        """What a booking of it is called; what its owner marked private is told to nobody."""
        return PRIVATE if self.found.is_private else self.found.title or UNNAMED

    @property
    def remark(self) -> str:
        """What its owner wrote besides, unless that is private."""
        return "" if self.found.is_private else self.found.remark

    @property
    def said(self) -> str:
        """What it says, as a hash: the same as long as nothing changes that a booking tells."""
        told = [str(getattr(self.found, name)) for name in _WHAT_COUNTS]
        return sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()


def hashed(key: str) -> str:
    """The key of an entry, short enough to keep; keys of others may be of any length."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()


def as_plain(found: Found) -> dict[str, Any]:
    """An entry as JSON can hold it, its words no longer than those of a booking."""
    people = found.people if 0 < (found.people or 0) <= MOST_PEOPLE else None
    cut = {name: getattr(found, name)[:longest].rstrip() for name, longest in LONGEST.items()}
    return told_found(replace(found, people=people, **cut))


def as_found(plain: dict[str, Any]) -> Found:
    """An entry as it was kept."""
    return found_from({name: value for name, value in plain.items() if name != "is_gone"})
