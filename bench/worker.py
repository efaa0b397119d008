"""What a real worker weighs, and what a first visit brings along: one gunicorn, asked over HTTP."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import Request, urlopen

from flask import Flask

from buurthuis.foundation.settings import CHECKOUT, Settings
from buurthuis.imports.demo_people import HOME

PAGES = ("/", "/venues", f"/venues/{HOME}", f"/venues/{HOME}/week/", "/agenda", "/api/v1/rooms")
ASSETS = re.compile(rb'(?:href|src)="(/assets/[^"]+)"')
PACKED = {"Accept-Encoding": "gzip"}


def in_a_worker(app: Flask) -> str:
    """Memory of a worker that has drawn every public page, and bytes and requests of a first visit.

    It is served as a house serves it: without docstrings.
    """
    with _gunicorn(app) as (address, worker):
        page = _get(address + "/")
        assets = sorted(set(ASSETS.findall(page)))
        heavy = len(page) + sum(len(_get(address + path.decode(), PACKED)) for path in assets)
        for _ in range(20):
            for path in PAGES:
                _get(address + path)
        memory = _resident(worker)
    return (
        f"A worker that has drawn every kind of page takes {memory:.0f} MB."
        f" A first visit takes {1 + len(assets)} requests and {heavy / 1000:.1f} kB."
    )


@contextmanager
def _gunicorn(app: Flask) -> Iterator[tuple[str, int]]:
    """One worker on a free port; its address and its process."""
    settings: Settings = app.config["BUURTHUIS"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "BUURTHUIS_INSTANCE": str(settings.instance),
        "BUURTHUIS_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "BUURTHUIS_SECRET_KEY": "only-for-the-bench-0123456789",
        "BUURTHUIS_BASE_URL": address,
    }
    command = [sys.executable, "-OO", "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "app:app"]
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment, stderr=subprocess.DEVNULL) as run:  # noqa: S603
        try:
            yield address, _first_child(run.pid, address)
        finally:
            run.terminate()


def _first_child(parent: int, address: str) -> int:
    """The worker, once it answers."""
    for _ in range(200):
        with suppress(OSError):
            _get(address + "/healthz")
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
            return int(children.split()[0])
        time.sleep(0.1)
    raise TimeoutError(address)


def _resident(process: int) -> float:
    """Megabytes that a process keeps in memory."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1000 if found else 0


def _get(address: str, headers: dict[str, str] | None = None) -> bytes:
    with urlopen(Request(address, headers=headers or {})) as answer:  # noqa: S310
        body: bytes = answer.read()
        return body
