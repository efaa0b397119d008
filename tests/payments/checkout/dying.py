"""A process of its own that does one thing about a payment, and is killed in the middle of it.

`python -m tests.payments.checkout.dying MOMENT DEED MODULE NAME WORD…`: on that moment do a deed
with these words; as soon as it comes to NAME of MODULE the process kills itself as kill -9 would.
"""

import os
import signal
import sys
from datetime import datetime
from importlib import import_module
from typing import Any, NoReturn

import time_machine

from buurthuis import create_app, worker
from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.payments.checkout import actions, asking, inbox
from buurthuis.payments.provider import Event


def press(booking_id: str, person_id: str) -> None:
    """Somebody presses the button to pay."""
    by = db.session.get_one(Person, int(person_id))
    asking.open_page(actions.begin_for_booking(int(booking_id), by=by).id)


def look(checkout_id: str) -> None:
    """Somebody comes back and looks."""
    asking.look(int(checkout_id))


def news(venue_id: str, session_id: str) -> None:
    """The provider brings news of a page."""
    inbox.take_in(int(venue_id), Event("evt_1", "checkout.session.completed", session_id, None))
    inbox.follow_up_on("evt_1")


def work() -> None:
    """The worker goes round."""
    worker.work()


DEEDS = {"press": press, "look": look, "news": news, "work": work}


def die(*_: Any, **__: Any) -> NoReturn:
    """Be gone, without a word to anybody."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


if __name__ == "__main__":
    moment, deed, module, name, *words = sys.argv[1:]
    app = create_app()
    with app.app_context(), time_machine.travel(datetime.fromisoformat(moment), tick=False):
        setattr(import_module(module), name, die)
        DEEDS[deed](*words)
