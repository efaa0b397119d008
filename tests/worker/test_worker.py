"""The worker brings every letter away at least once, and one that fails harms no other."""

import itertools
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from buurthuis import worker
from buurthuis.accounts.models import Person, SignInCode, SignInSession
from buurthuis.api.models import IdempotencyKey
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock, outbox
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import MOST_ATTEMPTS, OutboxLetter
from buurthuis.foundation.settings import CHECKOUT
from buurthuis.rules.states import Status
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    friday,
)
from tests.foundation.ics_reader import read
from tests.foundation.mail import MailServer, a_mail_server
from tests.letters_samples import sample


@pytest.fixture
def to_server(app: Flask) -> Iterator[Callable[[MailServer], None]]:
    """Bring the mail of this program to a server."""
    kept = app.config["BUURTHUIS"]

    def bring(server: MailServer) -> None:
        app.config["BUURTHUIS"] = replace(kept, mail_url=server.url)

    yield bring
    app.config["BUURTHUIS"] = kept


def a_letter(recipient: str = "bram@people.example") -> str:
    letter_id = outbox.post("booking_confirmed", recipient, "nl", sample("booking_confirmed")).id
    db.session.commit()
    return letter_id


def the(letter_id: str) -> OutboxLetter:
    db.session.expire_all()
    letter = db.session.get_one(OutboxLetter, letter_id)
    db.session.rollback()
    return letter


def ids(server: MailServer) -> list[str]:
    return [str(message["Message-ID"]) for _sender, _recipients, message in server.letters]


def test_a_letter_is_brought_once(app: Flask, to_server: Callable[[MailServer], None]) -> None:
    letter_id = a_letter()
    with a_mail_server() as server:
        to_server(server)
        first, second = worker.work(), worker.work()

    assert (first.sent, second.sent) == (1, 0)
    assert ids(server) == [f"<{letter_id}@localhost>"]
    letter = the(letter_id)
    assert letter.sent_at == clock.now()
    assert letter.facts == {}


def test_a_server_that_asks_for_patience_gets_the_letter_later(
    app: Flask, to_server: Callable[[MailServer], None]
) -> None:
    letter_id = a_letter()
    with a_mail_server("451 later") as server:
        to_server(server)
        assert worker.work().failed == 1
        assert worker.work().sent == 0
        with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
            assert worker.work().sent == 1

    assert ids(server) == [f"<{letter_id}@localhost>"]


def test_a_letter_nobody_takes_is_parked_for_a_person(
    app: Flask, to_server: Callable[[MailServer], None]
) -> None:
    letter_id = a_letter()
    with a_mail_server(*["451 later"] * MOST_ATTEMPTS) as server:
        to_server(server)
        for turn in range(MOST_ATTEMPTS + 2):
            with time_machine.travel(clock.now() + timedelta(hours=5 * turn), tick=False):
                worker.work()

    letter = the(letter_id)
    assert letter.attempts == MOST_ATTEMPTS
    assert letter.parked_at is not None
    assert letter.last_error is not None
    assert "451" in letter.last_error
    assert server.letters == []


def test_a_crash_between_sending_and_marking_sends_the_same_letter_again(
    app: Flask, to_server: Callable[[MailServer], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_letter_id: str) -> None:
        raise KeyboardInterrupt

    letter_id = a_letter()
    with a_mail_server() as server:
        to_server(server)
        with monkeypatch.context() as broken:
            broken.setattr(outbox, "mark_sent", crash)
            with pytest.raises(KeyboardInterrupt):
                worker.work()
        assert worker.work().sent == 0
        with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
            assert worker.work().sent == 1

    assert ids(server) == [f"<{letter_id}@localhost>"] * 2


def test_letters_of_one_second_leave_as_they_were_written(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "time_ns", itertools.count(1).__next__)
    written = [a_letter() for _ in range(5)]

    assert outbox.lease() == written


def test_a_letter_that_stops_every_worker_is_parked_in_the_end(app: Flask) -> None:
    letter_id = a_letter()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(MOST_ATTEMPTS):
            assert outbox.lease() == [letter_id]
            traveller.shift(timedelta(hours=1))

        assert outbox.lease() == []

    assert the(letter_id).parked_at is not None
    assert the(letter_id).last_error == outbox.STOPPED_US


def test_one_bad_letter_keeps_no_other_at_home(
    app: Flask, to_server: Callable[[MailServer], None]
) -> None:
    bad = a_letter("bram@people.example, dirk@people.example")
    good = a_letter()
    with a_mail_server() as server:
        to_server(server)
        done = worker.work()

    assert (done.sent, done.failed) == (1, 1)
    assert ids(server) == [f"<{good}@localhost>"]
    assert "NotOneAddress" in (the(bad).last_error or "")


def test_workers_side_by_side_bring_each_letter_once(
    app: Flask, to_server: Callable[[MailServer], None]
) -> None:
    letters = [a_letter() for _turn in range(8)]

    def work() -> None:
        with app.app_context():
            worker.work()

    with a_mail_server() as server:
        to_server(server)
        workers = [Thread(target=work) for _turn in range(3)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()

    assert sorted(ids(server)) == sorted(f"<{letter}@localhost>" for letter in letters)


def test_no_transaction_is_open_while_a_letter_travels(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_letter()
    open_ones: list[bool] = []
    monkeypatch.setattr(
        worker, "deliver", lambda *_: open_ones.append(db.session().in_transaction())
    )

    worker.work()

    assert open_ones == [False]


def test_a_chore_that_fails_leaves_the_others_done(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    letter_id = a_letter()

    def fails() -> int:
        raise RuntimeError("holds are stuck")

    monkeypatch.setattr(worker, "expire_holds", fails)

    assert worker.work().sent == 1
    assert the(letter_id).sent_at is not None
    assert "holds are stuck" in caplog.text


def test_a_hold_past_its_time_goes(app: Flask) -> None:
    booking = a_booking(a_room(), friday(10, 12))
    booking.status, booking.expires_at = Status.HELD, clock.now() + timedelta(minutes=35)
    db.session.commit()
    booking_id = booking.id

    assert worker.work().expired == 0
    with time_machine.travel(clock.now() + timedelta(minutes=36), tick=False):
        assert worker.work().expired == 1

    assert db.session.get_one(Booking, booking_id).status == Status.EXPIRED


def test_codes_and_sessions_that_are_over_are_cleared_up(app: Flask) -> None:
    amina = a_person("Amina")
    _a_session(amina, "old", expires_in=timedelta(days=-2))
    _a_session(amina, "ended", expires_in=timedelta(days=20), ended=timedelta(days=-2))
    _a_session(amina, "live", expires_in=timedelta(days=20))
    for name, minutes in (("old", -2 * 24 * 60), ("live", 10)):
        db.session.add(
            SignInCode(
                email="amina@people.example",
                link_hash=name,
                code_hash=name,
                created_at=clock.now(),
                expires_at=clock.now() + timedelta(minutes=minutes),
            )
        )
        db.session.add(
            IdempotencyKey(
                person_id=amina.id,
                key=name,
                asked_hash=name,
                submission=name,
                created_at=clock.now() + timedelta(minutes=minutes - 10),
            )
        )
    db.session.commit()

    assert worker.work().cleared == 4

    assert db.session.scalars(select(SignInSession.token_hash)).all() == ["live"]
    assert db.session.scalars(select(SignInCode.link_hash)).all() == ["live"]
    assert db.session.scalars(select(IdempotencyKey.key)).all() == ["live"]


def _a_session(
    person: Person, name: str, *, expires_in: timedelta, ended: timedelta | None = None
) -> None:
    now = clock.now()
    db.session.add(
        SignInSession(
            person_id=person.id,
            token_hash=name,
            created_at=now - timedelta(days=30),
            expires_at=now + expires_in,
            ended_at=None if ended is None else now + ended,
        )
    )


def test_a_booking_brings_its_letters_to_both_sides(
    app: Flask, to_server: Callable[[MailServer], None]
) -> None:
    room = a_room(a_venue(email="huis@buurthuis.example"))
    a_manager(room.venue, "Amina")
    a_confirmed_booking(room, friday(19, 22), by=a_person("Bram"))
    with a_mail_server() as server:
        to_server(server)
        worker.work()

    subjects = [str(message["Subject"]) for _sender, _recipients, message in server.letters]
    assert "We have your request: Repair evening" in subjects
    assert "Your booking is certain: Repair evening" in subjects
    assert any(subject.startswith("New request: Repair evening") for subject in subjects)
    [sure] = [m for _s, _r, m in server.letters if "certain" in str(m["Subject"])]
    [invitation] = (part for part in sure.walk() if part.get_content_subtype() == "calendar")
    assert (invitation.get_content_type(), invitation.get_param("method")) == (
        "text/calendar",
        "REQUEST",
    )
    [event] = read(invitation.get_payload(decode=True))
    assert event.properties["ORGANIZER"] == "mailto:huis@buurthuis.example"
    assert event.properties["ATTENDEE"] == f"mailto:{sure['To']}"


def test_once_drains_what_is_due_and_says_so(app: Flask) -> None:
    a_letter()
    a_letter()

    result = app.test_cli_runner().invoke(args=["worker", "--once"])

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "letters sent: 2, not sent: 0, reminders: 0, holds expired: 0, "
        "places offered: 0, cleared up: 0"
    ]


FLASK = (sys.executable, "-m", "flask", "--app", "app")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a house with a database of its own."""
    environment = {
        "BUURTHUIS_INSTANCE": str(tmp_path_factory.mktemp("house")),
        "PYTHONUNBUFFERED": "1",
        "PATH": "/usr/bin:/bin",
    }
    subprocess.run(
        [*FLASK, "db", "upgrade"], check=True, capture_output=True, cwd=CHECKOUT, env=environment
    )
    return environment


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_stops_when_it_is_asked_to(house: dict[str, str], kind: signal.Signals) -> None:
    running = subprocess.Popen(
        [*FLASK, "worker"],
        cwd=CHECKOUT,
        env=house,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert running.stdout is not None
        assert b"waiting" in running.stdout.readline()
        running.send_signal(kind)
        said, _nothing = running.communicate(timeout=30)
    finally:
        running.kill()

    assert running.returncode == 0, said
