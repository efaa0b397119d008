"""What somebody reads about an import: what will happen with a row, why it waits, what was not read."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.foundation.clock import now as clock_now
from buurthuis.foundation.formatting import clock, day, when
from buurthuis.imports.bringing.entries import Entry
from buurthuis.imports.bringing.opening import BEFORE
from buurthuis.imports.bringing.plan import ACTS, Because, Clash, Fate, Looked
from buurthuis.imports.readers.rows import LeftOut, Why
from buurthuis.rules.calendar import day_of

_SECOND = timedelta(seconds=1)

FATES: Mapping[Fate, Any] = {
    Fate.NEW: _l("New"),
    Fate.CHANGE: _l("Changes"),
    Fate.CANCEL: _l("Ends"),
    Fate.CLOSE: _l("Closed day"),
    Fate.ASK: _l("Look at it"),
    Fate.OUT: _l("Stays out"),
    Fate.SAME: _l("Here already"),
}
"""What will happen, in a word or two."""

BECAUSE: Mapping[Because, Any] = {
    Because.TENTATIVE: _l("It is not certain in your calendar. Tick it to bring it."),
    Because.STAYS_FREE: _l("It takes no room in your calendar. Tick it to bring it."),
    Because.OUTSIDE_HOURS: _l("The house is not open then. Tick it to bring it all the same."),
    Because.TOO_MANY_PEOPLE: _l("There are too many people for this room. Tick it if they fit."),
    Because.ALONE: _l("This room goes only with another one. Tick it to bring it alone."),
    Because.CHANGED_HERE: _l("Somebody changed it here since. Tick it to take the new file over."),
    Because.GONE: _l("It is no longer in the file. Tick it to cancel it here."),
    Because.CANCELLED_THERE: _l("It is cancelled in the file. Tick it to cancel it here."),
    Because.TAKEN: _l("The room is taken."),
    Because.CLOSED: _l("The house is closed then."),
    Because.CLOSED_ALREADY: _l("It is closed then already."),
    Because.UNKNOWN_ROOM: _l("We do not know which room this is. Choose it with the rooms."),
    Because.NO_ROOM_OF_OURS: _l("You chose that this is no room of the house."),
    Because.NO_PRICE: _l("There is no price for this time. Choose that all was paid before."),
    Because.NO_LENGTH: _l("It ends when it begins. Write an end in the file."),
    Because.TOO_LONG: _l("It lasts too long. Split it in the file."),
    Because.WHOLE_DAY: _l("It has no times. Choose what whole days mean, or write times."),
    Because.TWICE: _l("It stands in the file twice. The first one counts."),
    Because.ENDED_HERE: _l("It was cancelled here. Book it again if it goes on."),
    Because.OVER: _l("It is over. What was stays as it was."),
    Because.NOT_WANTED: _l("You left it out. Take the tick away to bring it."),
    Because.NOT_BOOKABLE: _l("This room cannot be booked so. Book it by hand."),
}

DIFFERS: Mapping[str, Any] = {
    "when": _l("the time"),
    "room": _l("the room"),
    "title": _l("the title"),
    "people": _l("the number of people"),
    "remark": _l("the remark"),
}

DOUBTS: Mapping[str, Callable[..., str]] = {
    Why.FLOATING: lambda **f: _("The time has no time zone. We read it on the clock here."),
    Why.UNKNOWN_ZONE: lambda **f: _(
        "We do not know the time zone “%(zone)s”. We read %(read_as)s. Is the time right?", **f
    ),
    Why.GUESSED_ZONE: lambda **f: _(
        "We took the time zone “%(zone)s” for %(read_as)s. Is the time right?", **f
    ),
    Why.READERS_DISAGREE: lambda **f: _(
        "It can be read in two ways: %(one)s, or %(other)s. Look in your calendar.",
        one=f.get("one") or _("not at all"),
        other=f.get("other") or _("not at all"),
    ),
    Why.MISSING_HOUR: lambda **f: _(
        "The clock skips %(clock)s that night. We read an hour later.", **f
    ),
    Why.COMES_TWICE: lambda **f: _("%(clock)s comes twice that night. We read the first.", **f),
    Why.NO_END: lambda **f: _("It has no end. Write one in the file."),
    Why.END_BEFORE_START: lambda **f: _("It ends before it begins. Look at the file."),
    Why.LONG: lambda **f: _("It lasts %(hours)s hours. Is that right?", **f),
    Why.DAY_OR_MONTH: lambda **f: _("“%(text)s” can be two days. Is the day right?", **f),
    Why.DAY_ABOVE: lambda **f: _("It has no day. We read the day of the row above."),
    Why.TWICE: lambda **f: _("It stands in the file twice: see number %(other)s too.", **f),
    Why.LETTERS: lambda **f: _("Some letters could not be read."),
    Why.DAMAGED: lambda **f: _("A part of it could not be read: “%(text)s”.", **f),
    Why.NUMBER: lambda **f: _("“%(text)s” is no number of people.", **f),
    Why.NO_START: lambda **f: _("It has no start."),
    Why.NO_SUCH_DAY: lambda **f: _("“%(text)s” is no day.", **f),
    Why.NO_SUCH_CLOCK: lambda **f: _("“%(text)s” is no time.", **f),
    Why.RULE_TOO_LARGE: lambda **f: _("It repeats too often to read. Make it shorter there."),
    Why.NO_SUCH_RULE: lambda **f: _("It repeats in a way that we cannot read."),
    Why.NOT_AN_EVENT: lambda **f: _("%(count)s other things: %(kind)s.", **f),
    Why.CUT_SHORT: lambda **f: _("The file ends halfway. Save it again, whole."),
    Why.OLDER: lambda **f: _("A newer version of it is in the file."),
    BEFORE: lambda **f: _(
        "There is too much for one time. What was before %(day)s stays out.",
        day=day(date.fromisoformat(f["day"]), 0),
    ),
}


def times_words(entry: Entry) -> str:
    """When an entry is; whole days without a clock."""
    found, this_year = entry.found, day_of(clock_now()).year
    first = day(day_of(found.starts_at), this_year)
    if found.is_all_day:
        last = day(day_of(found.ends_at - _SECOND), this_year)
        return first if last == first else _("%(first)s to %(last)s", first=first, last=last)
    if found.ends_at <= found.starts_at:
        return f"{first}, {clock(found.starts_at)}"
    return when(entry.period, this_year)


def fate_words(row: Looked) -> str:
    """What will happen with a row."""
    return str(FATES[row.fate])


def why_words(row: Looked) -> str:
    """Why it waits or stays out, or what it changes; "" where there is nothing to tell."""
    if row.because is Because.DOUBT:
        return " ".join(doubt_words(row))
    if row.clash is not None and row.because is not None:
        return clash_words(row.clash)
    if row.differs:
        what = ", ".join(str(DIFFERS[name]) for name in row.differs)
        return _("It changes %(what)s.", what=what)
    if row.because is not None:
        return str(BECAUSE[row.because])
    past = _("In the past. It counts in your figures.") if _counts(row) else ""
    return " ".join([past, *doubt_words(row)]).strip() if row.fate in ACTS else ""


def _counts(row: Looked) -> bool:
    return row.is_past and row.fate is Fate.NEW


def clash_words(clash: Clash) -> str:
    """What holds the time, and who."""
    times = when(clash.period, day_of(clock_now()).year)
    if clash.is_closure:
        return _("It is closed then: %(when)s. %(title)s", when=times, title=clash.title).strip()
    if clash.line is not None:
        return _(
            "“%(title)s” in the same file takes the room: %(when)s.", title=clash.title, when=times
        )
    facts = {"title": clash.title, "group": clash.group, "when": times}
    return _("“%(title)s” of %(group)s is there: %(when)s.", **facts)


def doubt_words(row: Looked) -> list[str]:
    """What makes somebody doubt, a sentence each."""
    return [_told(each.code, dict(each.facts)) for each in row.entry.found.doubts]


def left_out_words(left_out: LeftOut) -> str:
    """What could not be read, and where it stands."""
    told = _told(left_out.code, dict(left_out.facts))
    return _("Line %(line)s: %(told)s", line=left_out.line, told=told) if left_out.line else told


def _told(code: str, facts: Mapping[str, Any]) -> str:
    words = DOUBTS.get(code)
    try:
        return words(**facts) if words else code
    except KeyError:
        return code
