"""Serve the pages and run the worker together; when one of them ends, so does the other.

With `--rehearse` and no account of a provider, a stand-in takes part, so that paying online can be
tried without one. Nothing of it is ever there by itself: whoever serves real houses starts other
commands (docs/running.md).
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

CHECKOUT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PORT = int(os.environ.get("PORT") or 5000)
REHEARSE = "--rehearse"
STAND_IN_IS_FURTHER = 80
"""So many ports after the pages the stand-in listens, so that its pages are found again tomorrow."""
OWN_MACHINE = ("http://127.0.0.1:", "http://localhost:")
LOOKS_A_SECOND = 10
PATIENCE_SECONDS = 30

# Nobody reads docstrings while pages are served: without them a process takes 8 MB less.
PAGES = (sys.executable, "-OO", "-m", "gunicorn", "--config", "tools/gunicorn.conf.py", "app:app")
WORKER = (BIN / "flask", "--app", "app", "worker")

STAND_IN = (sys.executable, "-m", "tools.stand_in")

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
    children = _stand_in() if is_rehearsal(sys.argv[1:], os.environ) else []
    children += [_start(PAGES), _start(WORKER)]
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


def is_rehearsal(words: Sequence[str], settings: Mapping[str, str]) -> bool:
    """Somebody asked for it, on a machine of their own, and no real account is there."""
    has_account = any(name.startswith("BUURTHUIS_STRIPE_") and settings[name] for name in settings)
    base = settings.get("BUURTHUIS_BASE_URL") or OWN_MACHINE[0]
    return REHEARSE in words and not has_account and base.startswith(OWN_MACHINE)


def _stand_in() -> list[Child]:
    """Start the stand-in, and tell whatever starts after it where it is, in this process alone."""
    port = PORT + STAND_IN_IS_FURTHER if PORT + STAND_IN_IS_FURTHER < 65536 else PORT - 1
    if _is_taken(port):
        print(f"Paying online cannot be tried: port {port} is in use.", file=sys.stderr)
        return []
    folder = Path(os.environ.get("BUURTHUIS_INSTANCE") or CHECKOUT / "instance")
    key, secret = "sk_test_rehearsal", "whsec_rehearsal"
    os.environ |= {
        "STAND_IN_PORT": str(port),
        "STAND_IN_FILE": str(folder / "stand_in.json"),
        "STAND_IN_KEY": key,
        "STAND_IN_SECRET": secret,
        "STAND_IN_NEWS_TO": f"http://127.0.0.1:{PORT}/stripe/webhook/{{house}}",
    }
    child = _start(STAND_IN)
    while not _is_taken(port) and child.poll() is None:
        time.sleep(1 / LOOKS_A_SECOND)
    os.environ |= {
        "BUURTHUIS_STRIPE_KEY": key,
        "BUURTHUIS_STRIPE_WEBHOOK_SECRET": secret,
        "BUURTHUIS_STRIPE_API_BASE": f"http://127.0.0.1:{port}",
    }
    print(f"Paying online is a rehearsal: no real money moves. http://127.0.0.1:{port}", flush=True)
    return [child]


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
