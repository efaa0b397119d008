"""The words of shifts: what there is to do, as what one comes, and why somebody may not."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from buurthuis.roster.cover.models import News
from buurthuis.rules.eligibility import Fitness, Hindrance
from buurthuis.rules.shifts import Part, ShiftKind

KINDS: Final[dict[ShiftKind, Any]] = {
    ShiftKind.OPEN: _l("Open up"),
    ShiftKind.CLOSE: _l("Lock up"),
    ShiftKind.HOST: _l("Host"),
    ShiftKind.HANDOVER: _l("Take over the house"),
}
PICTOGRAMS: Final = {
    ShiftKind.OPEN: "door",
    ShiftKind.CLOSE: "key",
    ShiftKind.HOST: "people",
    ShiftKind.HANDOVER: "clock",
}
PARTS: Final[dict[Part, Any]] = {
    Part.HOLDER: _l("You do this shift"),
    Part.BACKUP: _l("You are the back-up"),
    Part.LEARNER: _l("You come along to learn"),
}
NEWS: Final[dict[News, Any]] = {
    News.ASKED: _l("Can they do this shift?"),
    News.GIVEN: _l("They are on the roster for this shift."),
    News.TAKEN_OFF: _l("This shift is no longer theirs."),
    News.COVERED: _l("Somebody else does this shift."),
    News.MOVED: _l("This shift has another time now."),
    News.NOT_NEEDED: _l("This shift is not needed any more."),
    News.REMINDED: _l("Remind them of this shift."),
    News.SWAP: _l("Somebody asks them about this shift, or answered."),
}
"""What to say on the telephone."""

_MINE: Final[dict[Hindrance, Any]] = {
    Hindrance.NO_ROLE: _l("You are no key-holder of this house then. Ask its coordinator."),
    Hindrance.NOT_TRAINED: _l("You do not know this house yet. Ask its coordinator to show you."),
    Hindrance.STOPPED: _l("You stopped in this house. Ask its coordinator to begin again."),
    Hindrance.NO_KEY: _l("You have no key of this house. Ask its coordinator for one."),
    Hindrance.ALONE: _l("Your mentor does not do this shift. Choose one of your mentor."),
    Hindrance.OVERLAP: _l("You have another shift at that time. Drop or swap that one first."),
    Hindrance.TRAVEL: _l("You can not be there in time from your other shift. Choose another one."),
    Hindrance.REST: _l("You close late the evening before. Choose a later shift, so you can rest."),
    Hindrance.AWAY: _l("You are away then."),
    Hindrance.NOT_THEN: _l("This is outside your own times."),
    Hindrance.TOO_MANY: _l("You have as many shifts that week as you want."),
}
_THEIRS: Final[dict[Hindrance, Any]] = {
    Hindrance.NO_ROLE: _l("%(name)s is no key-holder of this house then."),
    Hindrance.NOT_TRAINED: _l("%(name)s does not know this house yet."),
    Hindrance.STOPPED: _l("%(name)s stopped in this house."),
    Hindrance.NO_KEY: _l("%(name)s has no key of this house."),
    Hindrance.ALONE: _l("The mentor of %(name)s does not do this shift."),
    Hindrance.OVERLAP: _l("%(name)s has another shift at that time."),
    Hindrance.TRAVEL: _l("%(name)s can not be there in time from another shift."),
    Hindrance.REST: _l("%(name)s closes late the evening before."),
    Hindrance.AWAY: _l("%(name)s is away then."),
    Hindrance.NOT_THEN: _l("This is outside the times of %(name)s."),
    Hindrance.TOO_MANY: _l("%(name)s has enough shifts that week."),
}


def doubt_sentences(people: Iterable[tuple[Fitness, Sequence[Hindrance]]]) -> dict[str, str]:
    """Why a shift may not suit each of these people, by their number; who it suits is not there."""
    return {
        str(person.person): " ".join(hindrance_sentence(why, person.name) for why in doubts)
        for person, doubts in people
        if doubts
    }


def hindrance_sentence(why: Hindrance, name: str = "") -> str:
    """Why somebody may not, or why it does not suit them; said to them, or about who is named."""
    return str(_THEIRS[why]) % {"name": name} if name else str(_MINE[why])
