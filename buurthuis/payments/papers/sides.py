"""The two sides of an invoice, as they were frozen on it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

KVK: Final = re.compile(r"\d{8}")
"""A number of the Dutch trade register."""

HIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no file may hold: signs that nobody sees."""


@dataclass(frozen=True, slots=True)
class Side:
    """The house, or the group; what was not known on that day is an empty text."""

    name: str = ""
    legal_name: str = ""
    attention: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    kvk_number: str = ""
    vat_number: str = ""
    iban: str = ""
    holder: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    exemption: str = ""
    order_text: str = ""
    picture: str = ""

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> "Side":
        """A side as it stands on an invoice; what an older one did not keep is empty."""
        return cls(**{each.name: readable(frozen.get(each.name)) for each in fields(cls)})

    @property
    def full_name(self) -> str:
        """Who it is by law; a group that is no organisation has its name alone."""
        return self.legal_name or self.name

    @property
    def called(self) -> str:
        """How people call it, where that is something else."""
        return self.name if self.name != self.full_name else ""

    @property
    def place(self) -> str:
        """Postcode and town."""
        return "  ".join(filter(None, (self.postcode, self.city)))

    @property
    def register_number(self) -> str:
        """Its number in the Dutch trade register, or nothing where what was written is none."""
        digits = re.sub(r"\D", "", self.kvk_number)
        return digits if KVK.fullmatch(digits) else ""

    @property
    def tax_number(self) -> str:
        """Its VAT number as programs write it: "NL123456789B01"."""
        bare = re.sub(r"[^A-Z0-9]", "", self.vat_number.upper())
        return bare if not bare or bare[:2].isalpha() else f"NL{bare}"


def readable(text: Any) -> str:
    """A text on one line, without signs that nobody sees."""
    return " ".join(HIDDEN.sub("", str(text or "")).split())
