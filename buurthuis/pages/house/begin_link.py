"""The link with which the first evening of an empty installation begins.

It is printed on the machine, so whoever has it has access to the machine. Nothing is stored: it
works for a day, and only until somebody has begun.
"""

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from buurthuis.accounts.beginning import is_empty
from buurthuis.foundation import links

A_DAY = 24 * 3600
HOURS = 24
_WORD = "begin"


def begin_link() -> str:
    """The full address of the first page."""
    return links.absolute("beginning.begin", token=_signer().dumps(_WORD))


def opens(token: str) -> bool:
    """Whether this link works: we made it today, and nobody has begun yet."""
    try:
        said = _signer().loads(token, max_age=A_DAY)
    except BadSignature:
        return False
    return bool(said == _WORD) and is_empty()


def was_made_here(token: str) -> bool:
    """Whether this is a link of ours at all, however old."""
    try:
        return bool(_signer().loads(token) == _WORD)
    except BadSignature:
        return False


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="first evening")
