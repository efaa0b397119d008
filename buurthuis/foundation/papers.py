"""Papers as PDF that also a screen reader can read, drawn by Typst from a template and facts.

Typst brings a typeface along (Libertinus Serif), so that a paper looks the same on every machine. It
is only read in when somebody asks for a paper.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from buurthuis.foundation.settings import CHECKOUT

PAPERS: Final[Path] = CHECKOUT / "templates" / "papers"
ATTEMPTS: Final[tuple[dict[str, Any], ...]] = (
    {"ignore_system_fonts": True, "pdf_standards": ["ua-1"]},
    {"ignore_system_fonts": False, "pdf_standards": ["ua-1"]},
    {"ignore_system_fonts": False},
)


def paper(
    template: str,
    facts: dict[str, Any],
    *,
    made_on: date | None = None,
    also: Sequence[str] = (),
) -> bytes:
    """The file itself (PDF/UA), from a template in `templates/papers`.

    `also` names what else the file promises: "a-3a" is one that archives keep, with files inside.

    A name in letters that the typeface lacks is drawn with one of the machine; where that has none
    either, the file is made all the same, without the promise that every reader can read it. With
    the day on which it was made, the same facts give the same bytes.
    """
    import typst

    inputs = {"facts": json.dumps(facts)}
    when = {} if made_on is None else {"timestamp": _midnight(made_on)}
    for attempt in ATTEMPTS[:-1]:
        promises = {**attempt, "pdf_standards": [*attempt["pdf_standards"], *also]}
        try:
            return _drawn(template, inputs, **promises, **when)
        except typst.TypstError:
            continue
    return _drawn(template, inputs, **ATTEMPTS[-1], **when)


def _drawn(template: str, inputs: dict[str, str], **how: Any) -> bytes:
    import typst

    return bytes(typst.compile(str(PAPERS / template), root=str(PAPERS), sys_inputs=inputs, **how))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
