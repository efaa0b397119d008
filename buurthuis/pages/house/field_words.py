"""The names of what a house says about itself, and its values in words."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from buurthuis.foundation.formatting import day, hours, number
from buurthuis.pages.house.room_forms import APPROVALS
from buurthuis.pages.room_words import FEATURES, people_words
from buurthuis.rules.calendar import clock_name
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.sessions import CutAt
from buurthuis.tariffs.standing_words import KIND_WORDS
from buurthuis.tariffs.ways.words import WAYS

FIELDS: dict[str, Any] = {
    "name": _l("Name of the house"),
    "neighbourhood": _l("Neighbourhood"),
    "about": _l("About the house"),
    "way_in": _l("The way in"),
    "who_opens": _l("Who opens the door?"),
    "house_rules": _l("Rules of the house"),
    "is_example": _l("Example house"),
    "closed_on_holidays": _l("Closed on public holidays"),
    "merge_gap_minutes": _l("Bookings that are one opening for the key-holder"),
    "street": _l("Street and number"),
    "postcode": _l("Postcode"),
    "city": _l("Town"),
    "phone": _l("Telephone number"),
    "email": _l("E-mail address"),
    "website": _l("Website"),
    "legal_name": _l("Name on the invoice"),
    "kvk_number": _l("KvK number"),
    "vat_number": _l("VAT number"),
    "step_minutes": _l("Bookings begin and end every"),
    "min_minutes": _l("Shortest booking"),
    "max_minutes": _l("Longest booking"),
    "notice_minutes": _l("Book how long before?"),
    "horizon_days": _l("Book how far ahead?"),
    "cancel_notice_hours": _l("Cancel for free until"),
    "answer_within_hours": _l("The house answers within"),
    "grace_minutes": _l("Wait for a late group"),
    "requests_occupy": _l("A request keeps the room until the house answers"),
    "lead_in_minutes": _l("Somebody comes before the first group"),
    "lead_out_minutes": _l("Somebody stays after the last group"),
    "longest_minutes": _l("One person stays at most"),
    "cut_at": _l("A long day is divided"),
    "hand_over_minutes": _l("To hand over"),
    "openers": _l("People who open"),
    "closers": _l("People who close"),
    "hosts": _l("People who are there all the time"),
    "rest_minutes": _l("Rest after closing late"),
    "late_minute": _l("Closing is late from"),
    "iban": _l("Bank account number"),
    "holder": _l("In the name of"),
    "days": _l("Pay an invoice within"),
    "bills_from": _l("Invoices go out by themselves from"),
    "exemption": _l("Why there is no VAT on it"),
    "ways": _l("How can groups pay?"),
    "by_standing": _l("Other ways for some groups"),
}
CUTS: dict[CutAt, Any] = {
    CutAt.GAP: _l("in the longest time without bookings"),
    CutAt.DAY_PART: _l("between two parts of the day"),
}
ROOM_FIELDS: dict[str, Any] = {
    "name": _l("name"),
    "capacity": _l("people"),
    "about": _l("about the room"),
    "way_in": _l("how people find it"),
    "area_m2": _l("area"),
    "parts": _l("made of"),
    "setup_minutes": _l("free before each booking"),
    "teardown_minutes": _l("to clear up afterwards"),
    "turnover_minutes": _l("free until the next booking"),
    "own_buffer_minutes": _l("groups may take themselves"),
    "only_with": _l("goes only together with"),
    "approval": _l("who says yes"),
    "features": _l("what is there"),
}
LONG_TEXTS = frozenset({"about", "way_in", "who_opens"})


def _days(value: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", value)


def _listed(values: Any) -> str:
    return ", ".join(str(value) for value in values)


def _ways(ways: Iterable[Way]) -> str:
    return _listed(WAYS[way] for way in ways)


def _ways_by_standing(told: Any) -> str:
    """Which groups pay in other ways; a standing of the house's own by its code."""
    return "; ".join(f"{KIND_WORDS.get(code, code)}: {_ways(ways)}" for code, ways in told)


VALUES: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("step_minutes", "min_minutes", "max_minutes", "notice_minutes"), hours),
    "grace_minutes": hours,
    **dict.fromkeys(
        ("setup_minutes", "teardown_minutes", "turnover_minutes", "own_buffer_minutes"), hours
    ),
    **dict.fromkeys(("merge_gap_minutes", "longest_minutes", "rest_minutes"), hours),
    **dict.fromkeys(("lead_in_minutes", "lead_out_minutes", "hand_over_minutes"), hours),
    "days": _days,
    "bills_from": lambda value: day(value, 0),
    "ways": _ways,
    "by_standing": _ways_by_standing,
    "cut_at": lambda value: str(CUTS[value]),
    "late_minute": clock_name,
    "cancel_notice_hours": lambda value: hours(value * 60),
    "answer_within_hours": lambda value: hours(value * 60),
    "horizon_days": _days,
    "capacity": people_words,
    "area_m2": lambda value: _("%(area)s m²", area=number(value)),
    "parts": _listed,
    "only_with": _listed,
    "approval": lambda value: str(APPROVALS[value]),
    "features": lambda values: _listed(FEATURES[each][1] for each in values),
}


def value_words(name: str, value: Any) -> str:
    """A value as a visitor reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None:
        return ""
    return VALUES.get(name, str)(value)
