"""What a manager chose for all rows of an import: rooms of places, groups of names, whole days, prices."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

LEAVE: Final = "-"
"""A place that is no room of the house: its rows stay out."""
OWN: Final = "own"
"""The group of the house itself."""
NEW: Final = "new"
"""A group that is put in the books under the name in the file."""


class WholeDays(StrEnum):
    """What becomes of entries of whole days."""

    BY_WORD = "by_word"
    """Those that say so become closed days; the others stay out."""
    CLOSED = "closed"
    """All of them become closed days."""
    OUT = "out"
    """All of them stay out."""


class Prices(StrEnum):
    """What bookings to come cost; what is over was settled then."""

    CARD = "card"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen; `rooms` and `groups` stand by the word in the file, as `key_of` writes it."""

    rooms: Mapping[str, str] = field(default_factory=dict)
    """The slug of a room, or LEAVE."""
    groups: Mapping[str, str] = field(default_factory=dict)
    """The number of a group, or OWN or NEW."""
    others: str = OWN
    """What names become that nothing was chosen for."""
    whole_days: WholeDays = WholeDays.BY_WORD
    prices: Prices = Prices.CARD

    def as_plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "rooms": dict(self.rooms), "groups": dict(self.groups)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept; what was not yet chosen has its default."""
        return cls(
            rooms=dict(kept.get("rooms", {})),
            groups=dict(kept.get("groups", {})),
            others=kept.get("others", OWN),
            whole_days=WholeDays(kept.get("whole_days", WholeDays.BY_WORD)),
            prices=Prices(kept.get("prices", Prices.CARD)),
        )


def named(name: str) -> str:
    """The choice of a new group with another name than in the file."""
    return f"={name}"


def key_of(word: str) -> str:
    """A word of a file as it is compared and remembered: small letters, single spaces, not too long."""
    return " ".join(word.casefold().split())[:200]
