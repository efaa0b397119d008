"""Run the stand-in by itself: `python -m tools.stand_in`, told by the environment where and for whom."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from tools.stand_in.posting import Address
from tools.stand_in.server import StandIn

PORT, FILE, NEWS_TO, KEY, SECRET = (
    f"STAND_IN_{name}" for name in ("PORT", "FILE", "NEWS_TO", "KEY", "SECRET")
)


def main() -> int:
    """Listen until somebody says stop."""
    given = os.environ
    addresses = []
    if given.get(NEWS_TO):
        addresses = [Address(given[NEWS_TO], given[KEY], given[SECRET])]
    file = Path(given[FILE]) if given.get(FILE) else None
    stand_in = StandIn(int(given.get(PORT) or 0), file=file, addresses=addresses)
    signal.signal(signal.SIGTERM, _close)
    signal.signal(signal.SIGINT, _close)
    try:
        stand_in.serve()
    except SystemExit:
        stand_in.wake.set()
    return 0


def _close(_kind: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
