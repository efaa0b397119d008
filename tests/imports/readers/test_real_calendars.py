"""Real calendars of others are read as two other parsers read them, or doubted."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from buurthuis.foundation.settings import CHECKOUT
from buurthuis.imports.readers.rows import Why
from buurthuis.rules.periods import Period
from tests.imports.readers.calendar_files import reading, whys

FOLDER = CHECKOUT.parent / "shared/ics"
ROW = re.compile(r"\| (\S+\.ics) \| .+? \| \d+ \| (\S+?)\.\.(\S+) \| (\d+|–) \|")

LEFT_OUT = {
    "24-duplicate-uid-sequence.ics": 2,  # Older editions, which the list counts too.
    "36-large-file-with-late-error.ics": 6,  # 30 February and the like.
}
DOUBTED = {
    "36-large-file-with-late-error.ics": 1,  # Two starts in one event.
    "82-tz-windows-format.ics": 1,  # A zone that is explained otherwise than its name says.
}
"""Where this house is more careful than the list: rows with a doubt that the list counts as sure."""


@cache
def listed() -> dict[str, tuple[Period, str]]:
    """Each file of the list: its window, and how many times two parsers agree upon."""
    lines = (FOLDER / "INDEX.md").read_text(encoding="utf-8").splitlines()
    return {
        found[1]: (Period(_midnight(found[2]), _midnight(found[3])), found[4])
        for found in map(ROW.match, lines)
        if found
    }


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.mark.skipif(not (FOLDER / "INDEX.md").exists(), reason="the real calendars are not here")
def test_every_real_calendar_is_read_as_others_read_it():
    odd = {}
    for name, (window, agreed) in listed().items():
        found = reading((Path(FOLDER) / name).read_bytes(), window)
        sure = sum(Why.READERS_DISAGREE not in whys(row) for row in found.found)
        extra = LEFT_OUT.get(name, 0) + DOUBTED.get(name, 0)
        if agreed != "–" and sure + extra != int(agreed):
            odd[name] = (sure, agreed)

    assert len(listed()) > 40
    assert odd == {}
