"""The fields in which a program says when somebody can: a week, days off, and how often."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _

from buurthuis.api.schema_parts import NUMBER, TEXT, YES_OR_NO, Schema, an_object
from buurthuis.api.values import Field, Shape, Unfit, yes_or_no
from buurthuis.roster.holders.models import LONGEST_NOTE
from buurthuis.roster.when.actions import MOST_DAYS
from buurthuis.roster.when.forms import FURTHEST, LATEST, MOST_A_WEEK
from buurthuis.roster.when.queries import WEEKDAYS, Days
from buurthuis.rules.calendar import MINUTES_A_DAY, NoSuchClock, NoSuchDay, parse_clock, parse_day
from buurthuis.rules.offered_times import Times
from buurthuis.rules.wording import TooLong, one_line

MOST_TIMES: Final = 50

_CLOCK: Final[Schema] = {
    **TEXT,
    "pattern": "^[0-9]{1,2}:[0-9]{2}$",
    "description": "On the clock; past midnight it counts on, so that 25:00 is one in the night.",
}
_DAY: Final[Schema] = {**TEXT, "format": "date"}
_CLOCK_OR_NULL: Final[Schema] = {**_CLOCK, "type": ["string", "null"]}
_TIME: Final[Schema] = an_object(
    "A time of the week.",
    weekday={**TEXT, "enum": list(WEEKDAYS)},
    starts=_CLOCK,
    ends=_CLOCK,
    gladly=YES_OR_NO,
)
_DAYS: Final[Schema] = an_object(
    "Days on which the week does not hold: away, or there at other times.",
    from_=_DAY,
    to=_DAY,
    starts=_CLOCK_OR_NULL,
    ends=_CLOCK_OR_NULL,
    note={**TEXT, "maxLength": LONGEST_NOTE},
)
AVAILABILITY_SCHEMAS: Final[dict[str, Schema]] = {
    "Availability": an_object(
        "When somebody can do shifts.",
        week={"type": "array", "items": _TIME},
        days={"type": "array", "items": _DAYS},
        most_a_week={**NUMBER, "minimum": 0, "maximum": MOST_A_WEEK},
        likes_to_open=YES_OR_NO,
        likes_to_close=YES_OR_NO,
    )
}


def clock_in_json(minute: int) -> str:
    """A clock time as programs read it; the night counts on."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _time(given: dict[str, Any]) -> Times:
    weekday, gladly = given.get("weekday"), given.get("gladly", False)
    if weekday not in WEEKDAYS:
        raise Unfit(_("Choose one of: %(words)s.", words=", ".join(WEEKDAYS)))
    if not isinstance(gladly, bool):
        raise Unfit(_("Write true or false."))
    return Times(WEEKDAYS.index(weekday), *_span(given), gladly)


def _days(given: dict[str, Any]) -> Days:
    first = _day(given.get("from"))
    last = first if given.get("to") is None else _day(given["to"])
    if last < first:
        raise Unfit(_("The last day comes before the first. Turn them around."))
    if last - first > FURTHEST:
        raise Unfit(_("This is too long. Use at most two years."))
    is_away = given.get("starts") is None and given.get("ends") is None
    return Days(first, last, None if is_away else _span(given), _note(given.get("note")))


def _span(given: dict[str, Any]) -> tuple[int, int]:
    starts, ends = (_clock(given.get(name)) for name in ("starts", "ends"))
    if starts >= MINUTES_A_DAY or ends <= starts:
        raise Unfit(_("The end is not after the start. Choose a later end."))
    return starts, ends


def _clock(given: Any) -> int:
    try:
        return parse_clock(given if isinstance(given, str) else "", latest=LATEST)
    except NoSuchClock:
        raise Unfit(_("Write a time such as 19:00.")) from None


def _day(given: Any) -> date:
    try:
        return parse_day(given if isinstance(given, str) else "")
    except NoSuchDay:
        raise Unfit(_("This is no day. Write it like 2026-11-26.")) from None


def _note(given: Any) -> str:
    if given is None:
        return ""
    if not isinstance(given, str):
        raise Unfit(_("Write this as text, between quotes."))
    try:
        return one_line(given, longest=LONGEST_NOTE)
    except TooLong:
        words = _("This is too long. Use at most %(count)s characters.", count=LONGEST_NOTE)
        raise Unfit(words) from None


def _listed(read: Callable[[dict[str, Any]], Any], most: int) -> Callable[[Any], tuple[Any, ...]]:
    def listed(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, list) or len(given) > most:
            raise Unfit(_("Write a list, of at most %(most)s.", most=most))
        if not all(isinstance(each, dict) for each in given):
            raise Unfit(_("Send one JSON object, between { and }."))
        return tuple(read(each) for each in given)

    return listed


def _often(given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= MOST_A_WEEK:
        raise Unfit(_("Write a number from %(least)s to %(most)s.", least=0, most=MOST_A_WEEK))
    return given


def _array(items: Schema, most: int) -> Schema:
    return {"type": "array", "items": items, "maxItems": most}


AVAILABILITY: Final = Shape(
    "AvailabilitySaid",
    {
        "week": Field(_listed(_time, MOST_TIMES), _array(_TIME, MOST_TIMES), "Every week."),
        "days": Field(_listed(_days, MOST_DAYS), _array(_DAYS, MOST_DAYS), "Other days."),
        "most_a_week": Field(
            _often,
            {"type": "integer", "minimum": 0, "maximum": MOST_A_WEEK},
            "How many shifts a week at most.",
        ),
        "likes_to_open": yes_or_no("Do I like to open?"),
        "likes_to_close": yes_or_no("Do I like to close?"),
    },
)
