"""Codes of eight or twelve characters: how they are made, shown, and understood as people type them.

The alphabet is Crockford's: no I, L, O or U, so that nothing can be mistaken for a one or a zero
and no code is a rude word. Whoever types such a letter all the same is understood.
"""

import secrets
import unicodedata
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 8
LONG: Final = 12
"""An invitation lives for days, so nobody may guess it in as many tries."""
_MISTAKEN: Final = str.maketrans("OIL", "011")


def new_code(length: int = LENGTH) -> str:
    """A random code: forty bits in eight characters, sixty in twelve."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def shown(code: str) -> str:
    """The code as a letter shows it, four by four: `K7QM-2XTR`."""
    return "-".join(code[first : first + 4] for first in range(0, len(code), 4))


def understood(text: str, length: int = LENGTH) -> str:
    """The code that somebody meant, or "" when the text cannot be one.

    Case, dashes and white space do not count; O is read as 0, and I and L as 1.
    """
    typed = unicodedata.normalize("NFKC", text).upper()
    meant = "".join(letter for letter in typed if letter.isalnum()).translate(_MISTAKEN)
    return meant if len(meant) == length and set(meant) <= set(ALPHABET) else ""
