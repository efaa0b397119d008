"""`make run` serves pages and worker together: one never lives on without the other."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from buurthuis import create_app
from buurthuis.foundation.db import db
from buurthuis.foundation.settings import CHECKOUT
from tests.conftest import settings_for
from tests.servers import a_free_port
from tools.serve import is_rehearsal

PATIENCE_SECONDS = 180


@pytest.fixture(scope="module")
def instance(tmp_path_factory) -> Path:
    """A house with tables and nobody in it."""
    folder = tmp_path_factory.mktemp("served")
    program = create_app(settings_for(folder, f"sqlite:///{folder / 'buurthuis.sqlite'}"))
    with program.app_context():
        db.create_all()
        db.engine.dispose()
    return folder


@pytest.fixture
def port() -> int:
    return a_free_port()


@pytest.fixture
def serve(instance, port) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """A function that starts both; whatever is left of them afterwards is ended."""
    started = []

    def start(*words: str, **settings: str) -> subprocess.Popen[str]:
        given = {"BUURTHUIS_INSTANCE": str(instance), "PORT": str(port), **settings}
        serving = subprocess.Popen(
            [sys.executable, "tools/serve.py", *words],
            cwd=CHECKOUT,
            env={**os.environ, **given},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(serving)
        return serving

    yield start
    for serving in started:
        with suppress(ProcessLookupError):
            os.killpg(serving.pid, signal.SIGKILL)
        serving.wait()
        serving.stderr.close()


def is_answered(port: int) -> bool:
    """Wait until the pages are served."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    return False


def everybody_left(group: int) -> bool:
    """Nobody of this group of processes stays; an orphan of a server that was killed needs a moment."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def part_of(serving: subprocess.Popen[str], word: str) -> psutil.Process:
    """One of the two, once it is there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for child in psutil.Process(serving.pid).children():
            if any(word in part for part in child.cmdline()):
                return child
        time.sleep(0.1)
    raise AssertionError(f"{word} never started")


def form_targets(port: int) -> str:
    """Where forms of the pages may lead."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        policy = str(answer.headers["Content-Security-Policy"])
    return policy.partition("form-action ")[2]


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_both_stop_when_they_are_asked_to(serve, port, kind):
    serving = serve()
    assert is_answered(port)
    assert part_of(serving, "worker").is_running()
    assert form_targets(port) == "'self'"

    serving.send_signal(kind)

    assert serving.wait(PATIENCE_SECONDS) == 0
    assert everybody_left(serving.pid)


@pytest.mark.parametrize("word", ["worker", "gunicorn"])
def test_when_one_dies_the_other_stops_too(serve, port, word):
    serving = serve()
    assert is_answered(port)

    part_of(serving, word).kill()

    assert serving.wait(PATIENCE_SECONDS) == 1
    assert everybody_left(serving.pid)
    assert "stopped by itself" in serving.communicate()[1]


def test_paying_online_is_rehearsed_where_somebody_asks_for_it(serve, port):
    serving = serve("--rehearse")
    assert is_answered(port)
    stand_in = part_of(serving, "stand_in")
    [place] = [each for each in stand_in.net_connections() if each.status == psutil.CONN_LISTEN]

    assert place.laddr.ip == "127.0.0.1"
    assert f"http://127.0.0.1:{place.laddr.port}" in form_targets(port)

    serving.terminate()
    assert serving.wait(PATIENCE_SECONDS) == 0
    assert everybody_left(serving.pid)


ASKED = (("--rehearse",), {})
KEY = {"BUURTHUIS_STRIPE_KEY": "sk_live_1"}
REAL = {
    "nobody asked": ((), {}),
    "it has an address of its own": (
        ("--rehearse",),
        {"BUURTHUIS_BASE_URL": "https://zalen.example"},
    ),
    "it has an account": (("--rehearse",), KEY),
    "a house has an account": (("--rehearse",), {"BUURTHUIS_STRIPE_KEY__DE_ERKER": "sk_live_1"}),
}


@pytest.mark.parametrize("why", REAL)
def test_real_houses_never_rehearse_paying(why):
    assert is_rehearsal(*ASKED)
    assert is_rehearsal(("--rehearse",), {"BUURTHUIS_BASE_URL": "http://127.0.0.1:5001"})
    assert not is_rehearsal(*REAL[why])


def test_a_port_in_use_is_told_in_one_line(serve, port):
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", port))
        somebody.listen()
        _, said = serve().communicate(timeout=PATIENCE_SECONDS)

    assert said == f"Port {port} is in use. Try another one: make run PORT={port + 1}\n"


def test_nothing_is_served_without_the_guard(serve, instance):
    with sqlite3.connect(instance / "buurthuis.sqlite") as house:
        house.execute("DROP TRIGGER occupancy_no_overlap_insert")
    serving = serve()

    _, said = serving.communicate(timeout=PATIENCE_SECONDS)

    assert serving.returncode == 1
    assert "The guard against double booking is missing in this database." in said
