"""The secrets of a slip: a reference one can say aloud, a PIN of six digits, and what is kept of them.

The reference has no letter that looks like a digit (accounts/codes.py). A PIN could be guessed from
a plain hash, so its hash also needs the secret key, which is not in the database.
"""

import hashlib
import hmac
import secrets
import unicodedata
from typing import Final

from flask import current_app

from buurthuis.accounts.codes import new_code, understood

REFERENCE: Final = 6
PIN: Final = 6
NO_PIN: Final = "0" * 64
"""What a PIN for an unknown reference is compared with: no hash looks like this."""


def new_reference() -> str:
    """A random reference: thirty bits in six characters."""
    return new_code(REFERENCE)


def new_pin() -> str:
    """A random PIN."""
    return f"{secrets.randbelow(10**PIN):0{PIN}}"


def shown(code: str) -> str:
    """A reference or a PIN as the paper shows it, three by three: `K7Q 2XT`."""
    return f"{code[:3]} {code[3:]}"


def reference_meant(text: str) -> str:
    """The reference that somebody typed, or "" when it cannot be one."""
    return understood(text[:60], REFERENCE)


def pin_meant(text: str) -> str:
    """The PIN that somebody typed, or "" when it cannot be one; spaces and dashes do not count."""
    typed = unicodedata.normalize("NFKC", text[:60])
    digits = "".join(letter for letter in typed if letter not in " -.\t")
    return digits if len(digits) == PIN and digits.isascii() and digits.isdigit() else ""


def pin_hash(reference: str, pin: str) -> str:
    """What is kept of a PIN; the same PIN on another slip has another hash."""
    return _hashed(f"slip {reference} {pin}")


def reference_hash(reference: str) -> str:
    """What is kept of a reference at which somebody tried a wrong PIN."""
    return _hashed(f"slip {reference}")


def _hashed(text: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
