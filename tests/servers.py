"""A real server for tests that need one: gunicorn with several processes on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

CHECKOUT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """Where a running server can be reached."""

    url: str
    port: int


def a_free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(app: Flask, *, processes: int = 3, threads: int = 4) -> Iterator[Server]:
    """Serve the same database as the app, from processes of their own, until the test is done."""
    port = a_free_port()
    settings = app.config["BUURTHUIS"]
    command = [
        *(sys.executable, "-OO", "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"),
        *("--workers", str(processes), "--threads", str(threads), "--preload"),
        *("--graceful-timeout", "5", "--log-level", "warning", "app:app"),
    ]
    environment = {
        **os.environ,
        "BUURTHUIS_INSTANCE": str(settings.instance),
        "BUURTHUIS_DATABASE_URL": settings.database_url,
        "BUURTHUIS_SECRET_KEY": settings.secret_key,
        "BUURTHUIS_BASE_URL": f"http://127.0.0.1:{port}",
    }
    environment.pop("COVERAGE_PROCESS_CONFIG", None)  # what it serves is measured elsewhere
    server = subprocess.Popen(command, cwd=CHECKOUT, env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        yield Server(f"http://127.0.0.1:{port}", port)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server stopped with {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within half a minute")
