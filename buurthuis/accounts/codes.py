"""The one-time code of eight characters: how it is made, shown, and understood as people type it.

The alphabet is Crockford's: no I, L, O or U, so that nothing can be mistaken for a one or a zero
and no code is a rude word. Whoever types such a letter all the same is understood.
"""

import secrets
import unicodedata
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 8
_MISTAKEN: Final = str.maketrans("OIL", "011")


def new_code() -> str:
    """A random code of forty bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """The code as a letter shows it, in two halves: `K7QM-2XTR`."""
    return f"{code[:4]}-{code[4:]}"


def understood(text: str) -> str:
    """The code that somebody meant, or "" when the text cannot be one.

    Case, dashes and white space do not count; O is read as 0, and I and L as 1.
    """
    typed = unicodedata.normalize("NFKC", text).upper()
    meant = "".join(letter for letter in typed if letter.isalnum()).translate(_MISTAKEN)
    return meant if len(meant) == LENGTH and set(meant) <= set(ALPHABET) else ""
