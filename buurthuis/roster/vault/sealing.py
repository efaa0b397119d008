"""The vault: codes are sealed with a key that is no part of the database; without it nobody reads them.

A seal holds the house, the kind and the place of a code as well, so that a row that was moved in
the database opens nowhere else. What seals is only read in where a code is kept or shown: a worker
of the web server that never does need not carry it.
"""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import current_app

from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.settings import Settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEY_BYTES = 32


class NoVaultKey(Refusal):
    """The program was started without a key, so codes cannot be kept."""

    code = "no-vault-key"
    status = 409


class SealBroken(Refusal):
    """No key opens this seal, or it belongs to another code."""

    code = "seal-broken"
    status = 409


@dataclass(frozen=True, slots=True)
class Place:
    """Which code it is: the house, what it is for, and where."""

    venue_id: int
    kind: str
    place: str


def new_key() -> str:
    """A fresh key, as the setting wants it."""
    return urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def can_keep() -> bool:
    """Whether the program has a key."""
    return bool(_keys())


def seal(code: str, where: Place) -> str:
    """Close a code in, with the newest key.

    Raises:
        NoVaultKey
    """
    inside = json.dumps([where.venue_id, where.kind, where.place, code])
    return _lock().encrypt(inside.encode()).decode()


def unseal(sealed: str, where: Place) -> str:
    """The code itself; show it and forget it.

    Raises:
        NoVaultKey
        SealBroken
    """
    *of, code = _opened(sealed)
    if of != [where.venue_id, where.kind, where.place]:
        raise SealBroken
    return str(code)


def seal_anew(sealed: str) -> str:
    """The same under the newest key, so that an older one can be thrown away.

    Raises:
        NoVaultKey
        SealBroken
    """
    return _lock().encrypt(json.dumps(_opened(sealed)).encode()).decode()


def _opened(sealed: str) -> list[Any]:
    from cryptography.fernet import InvalidToken

    try:
        inside: list[Any] = json.loads(_lock().decrypt(sealed.encode()))
    except InvalidToken:
        raise SealBroken from None
    return inside


def _lock() -> "MultiFernet":
    keys = _keys()
    if not keys:
        raise NoVaultKey
    return _lock_of(keys)


@lru_cache(maxsize=4)
def _lock_of(keys: tuple[str, ...]) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(key) for key in keys])


def _keys() -> tuple[str, ...]:
    settings: Settings = current_app.config["BUURTHUIS"]
    return settings.vault_keys
