"""The certificate of a learner as a PDF that also a screen reader can read; in plain Dutch.

Typst draws it with a typeface it brings along (Libertinus Serif), so that it looks the same on every
machine. It is only read in when somebody asks for a certificate.
"""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from flask_babel import force_locale

from buurthuis.foundation.formatting import day, hours
from buurthuis.foundation.settings import CHECKOUT
from buurthuis.roster.hours.queries import Given
from buurthuis.roster.models import ShiftKind

PAPER: Final[Path] = CHECKOUT / "templates" / "papers" / "certificate.typ"
DID: Final = {
    ShiftKind.OPEN: "het huis openen",
    ShiftKind.CLOSE: "het huis sluiten",
    ShiftKind.HOST: "gasten ontvangen",
    ShiftKind.HANDOVER: "een dienst overnemen",
}
"""What somebody learned, as it stands on a Dutch paper."""


def facts_of(signed: list[Given], now: datetime) -> dict[str, Any]:
    """What the certificate of one learner tells: at least one shift was signed for."""
    kinds = Counter(each.duty.kind for each in signed)
    houses = dict.fromkeys(each.duty.venue.name for each in signed)
    mentors = dict.fromkeys(each.signed.signed_by.name for each in signed if each.signed)
    with force_locale("nl"):
        return {
            "name": signed[0].duty.person.name,
            "houses": list(houses),
            "hours": hours(sum(each.minutes for each in signed)),
            "first_day": day(signed[0].duty.starts_at, 0),
            "last_day": day(signed[-1].duty.starts_at, 0),
            "times": len(signed),
            "learned": [{"what": DID[kind], "times": kinds[kind]} for kind in DID if kinds[kind]],
            "mentors": list(mentors),
            "made_on": day(now, 0),
        }


def certificate(facts: dict[str, Any]) -> bytes:
    """The file itself (PDF/UA).

    A name in letters that the typeface lacks is drawn with one of the machine; where that has none
    either, the file is made all the same, without the promise that every reader can read it.
    """
    import typst

    for attempt in ATTEMPTS[:-1]:
        try:
            return _drawn(facts, **attempt)
        except typst.TypstError:
            continue
    return _drawn(facts, **ATTEMPTS[-1])


ATTEMPTS: Final[tuple[dict[str, Any], ...]] = (
    {"ignore_system_fonts": True, "pdf_standards": ["ua-1"]},
    {"ignore_system_fonts": False, "pdf_standards": ["ua-1"]},
    {"ignore_system_fonts": False},
)


def _drawn(facts: dict[str, Any], **how: Any) -> bytes:
    import typst

    inputs = {"facts": json.dumps(facts)}
    return bytes(typst.compile(str(PAPER), root=str(PAPER.parent), sys_inputs=inputs, **how))
