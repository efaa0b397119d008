"""What extras are called, how many there are of them, and how long before one asks."""

from flask_babel import get_locale, ngettext

from buurthuis.extras.models import Extra
from buurthuis.foundation.formatting import hours


def name_of(extra: Extra) -> str:
    """What the house calls it, in English where it wrote that down and the visitor reads it."""
    if extra.name_en and str(get_locale()) == "en":
        return extra.name_en
    return extra.name


def quantity_words(quantity: int, extra: Extra) -> str:
    """How many: "2 × beamer", "3 kannen koffie"."""
    if extra.unit:
        return f"{quantity} {extra.unit} {name_of(extra)}"
    return f"{quantity} × {name_of(extra)}"


def notice_words(notice_hours: int) -> str:
    """How long before: in days where that is shorter to read."""
    days, rest = divmod(notice_hours, 24)
    if days > 1 and not rest:
        return ngettext("%(num)s day", "%(num)s days", days)
    return hours(notice_hours * 60)
