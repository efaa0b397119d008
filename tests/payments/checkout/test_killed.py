"""Killed in the middle, at every moment that matters: what is started again ends as if nothing happened."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from buurthuis import worker
from buurthuis.bookings import actions as desk
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.settings import CHECKOUT
from buurthuis.payments.checkout import asking
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.receiving.models import Payment
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.states import Status
from tests.conftest import MEASURED
from tests.payments.checkout.paying import (
    a_hall,
    a_kept_place,
    begun,
    letters,
    on_account,
)

HERE = "buurthuis.payments.checkout"


def on_either(*moments: str) -> pytest.MarkDecorator:
    """Each moment on one engine, in turn: assembling a program takes long."""
    engines = ("sqlite", "postgresql")
    cases = [(engines[place % 2], moment) for place, moment in enumerate(moments)]
    return pytest.mark.parametrize(("app", "moment"), cases, indirect=["app"])


@pytest.fixture(autouse=True)
def empty_mailbox(app):
    for letter in Path(app.instance_path, "mail").glob("*.eml"):
        letter.unlink()


@pytest.fixture(scope="module")
def dying() -> Iterator[subprocess.Popen[str]]:
    """Of each line that it reads it makes a process that will be killed."""
    environment = {key: value for key, value in os.environ.items() if key != MEASURED}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.payments.checkout.dying"],
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        yield started
        started.kill()


@pytest.fixture
def killed(app, provider, dying):
    """Let a process of its own do a deed, until it comes to a function and is killed there."""
    settings = app.config["BUURTHUIS"]
    environment = {
        **provider.environment(),
        "BUURTHUIS_INSTANCE": str(settings.instance),
        "BUURTHUIS_DATABASE_URL": settings.database_url,
        "BUURTHUIS_SECRET_KEY": settings.secret_key,
        "BUURTHUIS_BASE_URL": settings.base_url,
    }

    def kill(deed: str, at: str, *words: object) -> None:
        db.session.commit()
        asked = [environment, clock.now().isoformat(), deed, at, *map(str, words)]
        print(json.dumps(asked), file=dying.stdin, flush=True)
        assert int(dying.stdout.readline()) == -signal.SIGKILL
        db.session.expire_all()

    return kill


def go_on(minutes: int = 5) -> None:
    """After a while the worker goes round, as it does each other second and once with every chore."""
    for turn, chores in enumerate((worker.CHORES, worker.CHORES, worker.ALL_CHORES)):
        later = clock.now() + timedelta(minutes=minutes + turn * 5)
        with time_machine.travel(later, tick=False):
            worker.work(chores)
    db.session.expire_all()


def assert_paid_once(app, booking) -> None:
    """One certain place, one invoice, one payment, one letter that left once."""
    db.session.refresh(booking)
    assert booking.status == Status.CONFIRMED
    assert [each.total_cents for each in db.session.scalars(select(Invoice))] == [2000]
    assert [each.cents for each in db.session.scalars(select(Payment))] == [2000]
    assert letters() == ["booking_confirmed"]
    assert len(list(Path(app.instance_path, "mail").glob("*.eml"))) == 1
    assert on_account(Account.ONLINE) == 2000
    assert on_account(Account.RECEIVABLE) == on_account(Account.UNALLOCATED) == 0


@on_either("payments.stripe_gateway.create_session", "payments.checkout.actions.opened")
def test_killed_before_or_after_the_provider_made_the_page(app, provider, killed, moment):
    booking = a_kept_place(a_hall())
    killed("press", f"buurthuis.{moment}", booking.id, booking.booked_by_id)
    assert db.session.scalars(select(Checkout.state)).one() is State.OPENING

    attempt = begun(booking)
    provider.pay(attempt.session_id)
    go_on()

    assert len(provider.sessions) == 1
    assert_paid_once(app, booking)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_killed_with_a_page_that_nobody_saw_lets_the_place_go_in_time(app, provider, killed):
    booking = a_kept_place(a_hall())
    killed("press", f"{HERE}.actions.opened", booking.id, booking.booked_by_id)

    go_on(minutes=41)

    db.session.refresh(booking)
    assert booking.status == Status.EXPIRED
    assert db.session.scalars(select(Checkout.state)).one() is State.EXPIRED


@on_either("actions.take_note", "steps.count", "steps.note", "counting._received")
def test_killed_while_what_was_paid_is_written_down(app, provider, killed, moment):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)

    killed("look", f"{HERE}.{moment}", attempt.id)
    db.session.refresh(booking)
    assert booking.status == Status.HELD
    go_on()

    assert_paid_once(app, booking)


@on_either("inbox._ask_about", "inbox._done")
def test_killed_between_keeping_news_and_having_done_it(app, provider, killed, moment):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)

    killed("news", f"{HERE}.{moment}", booking.venue_id, attempt.session_id)
    go_on()

    assert_paid_once(app, booking)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_killed_between_the_payment_and_the_mail(app, provider, killed):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    asking.look(attempt.id)

    killed("work", "buurthuis.worker.deliver")
    assert list(Path(app.instance_path, "mail").glob("*.eml")) == []
    go_on()

    assert_paid_once(app, booking)


@on_either("_asked", "_store")
def test_killed_while_money_goes_back(app, provider, killed, moment):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    desk.cancel(booking.id, by=booking.booked_by)
    asking.look(attempt.id)

    killed("work", f"buurthuis.payments.refunds.carrying.{moment}")
    go_on()

    assert [each["amount"] for each in provider.till.refunds.values()] == [2000]
    assert on_account(Account.ONLINE) == 0
    assert letters().count("paid_for_nothing") == letters().count("money_back") == 1
