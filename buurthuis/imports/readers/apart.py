"""Readers in a process of their own, which ends when a file asks too much time or memory.

A file of others may attack: it may say very much in few bytes. What such a file can spend here is
what the limits below allow, and the program itself stays as it was.
"""

import json
import logging
import os
import subprocess
import sys
from typing import Any, Final
from zoneinfo import ZoneInfo

from buurthuis.foundation.settings import CHECKOUT
from buurthuis.imports.readers import carrying
from buurthuis.imports.readers.refusals import CannotBeRead
from buurthuis.imports.readers.rows import Reading, Table
from buurthuis.rules.periods import Period

PROCESSOR_SECONDS: Final = 15
WALL_SECONDS: Final = 60
MEMORY_BYTES: Final = 768 * 1024 * 1024
MOST_BYTES: Final = 10_000_000
ASKED_TOO_MUCH: Final = "asks-too-much"
NEEDED: Final = ("COVERAGE_", "COV_", "PYTHONTZPATH", "LANG", "LC_", "PATH", "SYSTEMROOT")
"""What the other process is told of our surroundings; it needs none of our secrets."""

_log = logging.getLogger(__name__)


def read_calendar(given: bytes, *, period: Period, zone: ZoneInfo) -> Reading:
    """As `calendars.read_calendar`, in a process of its own.

    Raises:
        CannotBeRead: it is no calendar, or it asks too much.
    """
    span = [period.start.isoformat(), period.end.isoformat()]
    told = _ask({"reader": "calendar", "period": span, "zone": zone.key}, given)
    return carrying.reading_from(told)


def read_table(given: bytes, filename: str, *, sheet: str = "") -> Table:
    """As `tables.read_table`, in a process of its own.

    Raises:
        CannotBeRead: it is no table, or it asks too much.
    """
    told = _ask({"reader": "table", "filename": filename, "sheet": sheet}, given)
    return carrying.table_from(told)


def _ask(question: dict[str, Any], given: bytes) -> dict[str, Any]:
    if len(given) > MOST_BYTES:
        raise CannotBeRead(why="too-large", most=MOST_BYTES // 1_000_000)
    limits = {"seconds": PROCESSOR_SECONDS, "bytes": MEMORY_BYTES}
    opening = json.dumps({**question, "limits": limits}).encode()
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "buurthuis.imports.readers.reading_apart"],
            input=opening + b"\n" + given,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=CHECKOUT,
            env=surroundings(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotBeRead(why=ASKED_TOO_MUCH) from None
    if ended.stderr:
        _log.warning("A reader apart says: %s", ended.stderr[-2_000:].decode(errors="replace"))
    if ended.returncode or not ended.stdout:
        raise CannotBeRead(why=ASKED_TOO_MUCH)
    told: dict[str, Any] = json.loads(ended.stdout)
    if "why" in told:
        raise CannotBeRead(**told)
    return told


def surroundings() -> dict[str, str]:
    """What the other process is told of this one."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(NEEDED)}
    # openpyxl would read through lxml when it is there, and no longer through defusedxml.
    return {**kept, "PYTHONPATH": str(CHECKOUT), "OPENPYXL_LXML": "False"}
