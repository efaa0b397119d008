"""How a price is explained: why it is what it is, and what each line of it is for."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.foundation.formatting import euros
from buurthuis.rules.reductions import Reason
from buurthuis.rules.standing import Kind, StandingCode
from buurthuis.rules.tariffs import Line, LineKind
from buurthuis.tariffs.queries import Priced
from buurthuis.tariffs.standing_words import name_on_card

BECAUSE: Mapping[StandingCode, Any] = {
    Kind.RESIDENT_INITIATIVE: _l("You get a discount, because you are a group of neighbours."),
    Kind.COMMUNITY_ORGANISATION: _l(
        "You get a discount, because you are a community organisation."
    ),
    Kind.SOCIAL_ENTERPRISE: _l("You get a discount, because you are a social enterprise."),
    Kind.PRIVATE: _l("You get a discount, because you book as a private person."),
    Kind.COMMERCIAL: _l("You get a discount, because the house agreed on it with your firm."),
    Kind.INTERNAL: _l("You get a discount, because you belong to the house."),
}
DEARER: Mapping[StandingCode, Any] = {
    Kind.PRIVATE: _l("You pay more, because you book as a private person."),
    Kind.COMMERCIAL: _l("You pay more, because you book as a firm."),
}
REASONS: dict[str, Callable[[], str]] = {
    "visitor": lambda: _("This is the normal price. Groups of the neighbourhood may pay less."),
    "not_recognised": lambda: _(
        "This is the normal price. The house does not know your group yet. Ask for your discount."
    ),
    "no_discount": lambda: _("This is the normal price."),
    "no_rate": lambda: _("The house asks no price for this room."),
    "brought": lambda: _("You pay nothing here. It was settled before."),
    "surcharge": lambda: _("You pay more than the normal price."),
    "standing": lambda: _("You get a discount."),
    Reason.STARTING: lambda: _("You get a discount, because your group begins here."),
    Reason.FREQUENT: lambda: _("You get a discount, because you come here often."),
}
LINES: dict[LineKind, Callable[[], str]] = {
    LineKind.LEAST: lambda: _("The least you pay"),
    LineKind.STANDING_SURCHARGE: lambda: _("Extra, for private use or firms"),
    LineKind.PARTY_SURCHARGE: lambda: _("Extra, for a party"),
    LineKind.CLEANING: lambda: _("Cleaning after a party"),
}


def reason_text(priced: Priced) -> str:
    """Why one pays this, in a sentence or two."""
    return why(priced.reason, priced.standing, priced.card_id)


def why(reason: str, standing: StandingCode | None, card_id: int | None) -> str:
    """The sentence for the code of a reason, also a frozen one; "" for a reason that nobody knows."""
    if standing is None:
        return REASONS[reason]() if reason in REASONS else ""
    if reason == "standing" and standing in BECAUSE:
        return str(BECAUSE[standing])
    if reason == "surcharge" and standing in DEARER:
        return str(DEARER[standing])
    if reason == "standing":
        name = name_on_card(standing, card_id)
        return _("You get a discount. The house knows you as: %(name)s.", name=name)
    return REASONS[reason]() if reason in REASONS else ""


def price_rows(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """What each line of a quote is for, and its amount; a single line tells nothing new."""
    rows = [(line_text(line), euros(line.cents)) for line in lines]
    return rows if len(rows) > 1 else []


def line_text(line: Line) -> str:
    """What one line of a quote is for."""
    words = OWN_WORDS.get(line.kind)
    return LINES[line.kind]() if words is None else words(line)


def _part(line: Line) -> str:
    return _so_many(line.quantity, line.name or _("part of the day"))


def _discount(line: Line) -> str:
    """A discount; by its name also why."""
    if line.name == Reason.STARTING:
        return _("Discount for a group that begins")
    if line.name == Reason.FREQUENT:
        return _("Discount for a group that comes often")
    return _("Discount")


def _surcharge(line: Line) -> str:
    """What is more, and for how many hours, where it counts those."""
    name = line.name or _("Extra")
    if line.quantity == 1:
        return name
    return _("%(name)s, %(hours)s", name=name, hours=_so_many_hours(line.quantity))


def _extra(line: Line) -> str:
    return _so_many(line.quantity, line.name or _("Extra"))


def _so_many(count: Decimal, name: str) -> str:
    if count == 1:
        return name
    told = format_decimal(count, locale=get_locale())
    return _("%(count)s × %(name)s", count=told, name=name)


def _hours(line: Line) -> str:
    """Hours; by the square metre the name of the line is the size of the room."""
    if not line.name:
        return _so_many_hours(line.quantity)
    size = Decimal(line.name)
    hours = _so_many_hours(line.quantity / size) if size else _so_many_hours(Decimal(0))
    return _("%(hours)s × %(size)s m²", hours=hours, size=format_decimal(size, locale=get_locale()))


def _block(line: Line) -> str:
    """Blocks of so many hours, told by the name of the line; without a name, a booking."""
    if not line.name:
        return _("one booking")
    return _so_many(line.quantity, _so_many_hours(Decimal(line.name)))


def _so_many_hours(hours: Decimal) -> str:
    count = format_decimal(hours, locale=get_locale())
    return ngettext("%(count)s hour", "%(count)s hours", 1 if hours == 1 else 2, count=count)


OWN_WORDS: dict[LineKind, Callable[[Line], str]] = {
    LineKind.PART: _part,
    LineKind.BLOCK: _block,
    LineKind.HOUR: _hours,
    LineKind.DISCOUNT: _discount,
    LineKind.SURCHARGE: _surcharge,
    LineKind.EXTRA: _extra,
}
"""What is told of a line by its name and its number."""
