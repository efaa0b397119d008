"""Processes of their own that each do one thing about a payment, and are killed in the middle of it.

`python -m tests.payments.checkout.dying` loads the program once, for that takes longest. Of each
line that it reads it makes such a process: with this environment, at this moment, it assembles the
program and does this deed with these words. As soon as it comes to the function that is named, it
kills itself as kill -9 would. What it ended with is written in a line.
"""

import gc
import json
import os
import signal
import sys
from datetime import datetime
from importlib import import_module
from typing import Any, NoReturn

import time_machine

from buurthuis import create_app, worker
from buurthuis.accounts.models import Person
from buurthuis.blueprints import FEATURES
from buurthuis.foundation.db import db
from buurthuis.payments.checkout import actions, asking, inbox
from buurthuis.payments.provider import Event

SECONDS = 60
"""Longer than this no deed takes; then it is stopped, and was not killed where it should be."""


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


def do(environment: dict[str, str], moment: str, deed: str, at: str, *words: str) -> None:
    """Do a deed in a program that is assembled for it, and die at a function on the way."""
    os.environ.update(environment)
    app = create_app()
    with app.app_context(), time_machine.travel(datetime.fromisoformat(moment), tick=False):
        module, _, name = at.rpartition(".")
        setattr(import_module(module), name, die)
        DEEDS[deed](*words)


def end_of(asked: str) -> int:
    """What a process that did this ended with: less than nothing says by which signal."""
    process = os.fork()
    if process == 0:
        signal.alarm(SECONDS)
        try:
            do(*json.loads(asked))
        except BaseException:
            sys.excepthook(*sys.exc_info())
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    for feature in FEATURES:
        import_module(feature)
    gc.freeze()
    for line in sys.stdin:
        print(end_of(line), flush=True)
