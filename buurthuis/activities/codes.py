"""The code behind a visitor's own page: made from the number of their seats and the secret key.

It is kept nowhere, so nobody finds it in the database, and a later letter can still carry it.
"""

import hashlib
import hmac

from flask import current_app

from buurthuis.accounts.codes import ALPHABET, LONG, understood
from buurthuis.accounts.hashes import equal
from buurthuis.activities.models import Seat
from buurthuis.foundation.links import absolute


def code_of(seat: Seat) -> str:
    """Sixty bits that nobody guesses, in twelve characters that one can copy from paper."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    facts = f"seat {seat.id} {seat.submission}".encode()
    digest = hmac.new(key, facts, hashlib.sha256).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LONG])


def opens(seat: Seat, code: str) -> bool:
    """Is this the code of these seats, however somebody typed it from paper?"""
    return equal(code_of(seat), understood(code[:60], LONG))


def link_of(seat: Seat) -> str:
    """The address of the visitor's own page."""
    return absolute("activities.seat", seat_id=seat.id, seat_code=code_of(seat))
