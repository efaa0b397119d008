"""What the database keeps instead of a secret: hashes that cannot be turned back.

A long random token is safe behind a plain hash. A code of eight characters could be guessed from
one, so its hash also needs the secret key, which is not in the database.
"""

import hashlib
import hmac
import secrets

from flask import current_app


def new_token() -> str:
    """A random token of 256 bits, fit for a link or a cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(code: str, email: str) -> str:
    """What is kept of a code that was sent to this address."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"sign-in {email} {code}".encode(), hashlib.sha256).hexdigest()


def invitation_hash(code: str) -> str:
    """What is kept of the code of an invitation; the same code has the same hash, so it can be found."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"invitation {code}".encode(), hashlib.sha256).hexdigest()


def equal(one: str, other: str) -> bool:
    """Compare two hashes without telling by the time it takes how much was right."""
    return hmac.compare_digest(one, other)
