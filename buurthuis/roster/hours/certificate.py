"""The certificate of a learner as a PDF that also a screen reader can read; in plain Dutch."""

from collections import Counter
from datetime import datetime
from typing import Any, Final

from flask_babel import force_locale

from buurthuis.foundation.formatting import day, hours
from buurthuis.foundation.papers import paper
from buurthuis.roster.hours.queries import Given
from buurthuis.roster.models import ShiftKind

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
    """The file itself (PDF/UA)."""
    return paper("certificate.typ", facts)
