"""The process in which a file of others is read: limits first, then the file, then the answer."""

import json
import os
import resource
import signal
import sys
import traceback
from datetime import datetime
from typing import Any

MOST_OPEN_FILES = 64


def main() -> None:
    """Read a question and a file from the standard input, and write the answer to the output."""
    opening, _, given = sys.stdin.buffer.read().partition(b"\n")
    question = json.loads(opening)
    _stay_within(**question["limits"])
    # What a reader prints by itself may not get into the answer.
    answer_to, sys.stdout = os.dup(1), sys.stderr
    try:
        told = _answer(question, given)
    except MemoryError:
        told = {"why": "asks-too-much"}
    except RecursionError:
        told = {"why": "too-deep", "most": sys.getrecursionlimit()}
    except Exception as error:
        # The words of the file are nobody's business, so only the place in our code is told.
        sys.stderr.write(
            f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
        )
        told = {"why": "not-readable"}
    with os.fdopen(answer_to, "w", encoding="utf-8") as output:
        json.dump(told, output)


def _stay_within(*, seconds: int, bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (bytes, bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN_FILES, MOST_OPEN_FILES))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    # openpyxl would read numpy in when it is there, for nothing that a sheet needs.
    sys.modules["numpy"] = None  # type: ignore[assignment]


def _answer(question: dict[str, Any], given: bytes) -> dict[str, Any]:
    # Read in here, within the limits.
    from buurthuis.imports.readers import carrying
    from buurthuis.imports.readers.rows import Unreadable

    try:
        if question["reader"] == "calendar":
            from buurthuis.imports.readers.calendars import read_calendar
            from buurthuis.imports.readers.zones import zone_of_house
            from buurthuis.rules.periods import Period

            start, end = map(datetime.fromisoformat, question["period"])
            zone = zone_of_house(question["zone"])
            reading = read_calendar(given, period=Period(start, end), zone=zone)
            return carrying.told_reading(reading)
        from buurthuis.imports.readers.tables import read_table

        table = read_table(given, question["filename"], sheet=question["sheet"])
        return carrying.told_table(table)
    except Unreadable as error:
        return {"why": error.code, **error.facts}


if __name__ == "__main__":
    main()
