"""The booking that is being made, kept as typed text in the browser while somebody signs in or looks around."""

from flask import session

from buurthuis.accounts.login import DRAFT
from buurthuis.bookings.wish_fields import LONGEST_REMARK
from buurthuis.venues.models import Room

TIMES = frozenset({"day", "part", "from", "to"})


def keep(room: Room, typed: dict[str, str]) -> None:
    """Keep what was typed; a text that no form accepts is not kept, for a cookie holds little."""
    short = {name: text for name, text in typed.items() if len(text) <= LONGEST_REMARK}
    session[DRAFT] = {"room": room.slug, "typed": short}


def kept_for(room: Room) -> dict[str, str]:
    """What was typed about this room, or nothing."""
    return _typed() if _draft().get("room") == room.slug else {}


def kept_words() -> dict[str, str]:
    """What was typed about any room, without the time: it holds for another time or room as well."""
    return {name: text for name, text in _typed().items() if name not in TIMES}


def forget() -> None:
    """Forget the draft, now that it was sent."""
    session.pop(DRAFT, None)


def _draft() -> dict[str, object]:
    draft = session.get(DRAFT)
    return draft if isinstance(draft, dict) else {}


def _typed() -> dict[str, str]:
    typed = _draft().get("typed")
    return dict(typed) if isinstance(typed, dict) else {}
