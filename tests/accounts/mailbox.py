"""What lies in the outbox for somebody, as they would read it, and ways to come in with it."""

from datetime import timedelta
from urllib.parse import urlsplit

import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter


def letters_to(email: str) -> list[OutboxLetter]:
    """All letters to an address, first one first."""
    letters = select(OutboxLetter).where(OutboxLetter.recipient == email)
    return list(db.session.scalars(letters.order_by(OutboxLetter.created_at)))


def code_for(email: str) -> str:
    """The code in the only letter to this address."""
    [letter] = letters_to(email)
    return str(letter.facts["code"])


def link_for(email: str) -> str:
    """The path of the link in the only letter to this address."""
    [letter] = letters_to(email)
    return urlsplit(letter.facts["link"]).path


def ask(browser: FlaskClient, email: str, next_path: str = "") -> TestResponse:
    """Ask for a code."""
    return browser.post("/sign-in", data={"email": email, "next": next_path})


def answer(browser: FlaskClient, email: str, code: str, name: str = "") -> TestResponse:
    """Type a code."""
    return browser.post("/sign-in/code", data={"email": email, "code": code, "name": name})


def is_in(browser: FlaskClient) -> bool:
    """Whether this browser is somebody."""
    return browser.get("/me/profile").status_code == 200


def later(**span: int) -> time_machine.travel:
    """The clock, this much further."""
    return time_machine.travel(clock.now() + timedelta(**span), tick=False)


def rows(table: type) -> int:
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0
