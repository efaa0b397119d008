"""Serve the pages and run the worker together; when one of them ends, so does the other."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

CHECKOUT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PORT = int(os.environ.get("PORT") or 5000)
LOOKS_A_SECOND = 10
PATIENCE_SECONDS = 30

# Nobody reads docstrings while pages are served: without them a process takes 8 MB less.
PAGES = (sys.executable, "-OO", "-m", "gunicorn", "--config", "tools/gunicorn.conf.py", "app:app")
WORKER = (BIN / "flask", "--app", "app", "worker")

Child = subprocess.Popen[bytes]


class ClosingTime(Exception):
    """Somebody asked us to stop."""


def main() -> int:
    """Start both, wait until one ends or somebody says stop, and leave nothing running."""
    if _is_taken(PORT):
        print(f"Port {PORT} is in use. Try another one: make run PORT={PORT + 1}", file=sys.stderr)
        return 1
    # The children hear from us when to stop, also when Ctrl-C reaches the whole group at once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    children = [_start(PAGES), _start(WORKER)]
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, _close)
    try:
        _tell_when_open(children)
        return _first_to_end(children)
    except ClosingTime:
        return 0
    finally:
        _stop(children)


def _start(command: Sequence[str | Path]) -> Child:
    return subprocess.Popen([str(word) for word in command], cwd=CHECKOUT)


def _close(_kind: int, _frame: FrameType | None) -> None:
    raise ClosingTime


def _is_taken(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def _tell_when_open(children: Sequence[Child]) -> None:
    while not _is_taken(PORT):
        if any(child.poll() is not None for child in children):
            return
        time.sleep(1 / LOOKS_A_SECOND)
    print(f"\nThe house is open: http://127.0.0.1:{PORT}  (Ctrl-C closes it)", flush=True)


def _first_to_end(children: Sequence[Child]) -> int:
    """Wait for the first child that ends; it should not have, so the answer is never 0."""
    while True:
        for child in children:
            if child.poll() is not None:
                name = Path(str(child.args[0])).name  # type: ignore[index]
                print(f"{name} stopped by itself ({child.returncode}).", file=sys.stderr)
                return 1
        time.sleep(1 / LOOKS_A_SECOND)


def _stop(children: Sequence[Child]) -> None:
    """Ask every child to stop, and wait; one that does not listen is ended."""
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
