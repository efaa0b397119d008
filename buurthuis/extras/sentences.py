"""What is said when an extra cannot be had, and what the visitor can do instead."""

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from buurthuis.extras.models import Extra
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.foundation.errors import says
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


@says(OutOfStock)
def _out_of_stock(refusal: OutOfStock) -> str:
    extra, left = refusal.extra, refusal.left
    if extra is None or left is None:
        return _("Somebody else has these things then. Take fewer, or choose another time.")
    if not left:
        return _(
            "%(thing)s: none left then. Leave it out, or choose another time.", thing=name_of(extra)
        )
    return ngettext(
        "%(thing)s: only %(num)s left then. Take fewer, or choose another time.",
        "%(thing)s: only %(num)s left then. Take fewer, or choose another time.",
        left,
        thing=name_of(extra),
    )


@says(ExtraTooLate)
def _too_late(refusal: ExtraTooLate) -> str:
    return _(
        "%(thing)s: ask at least %(time)s ahead. Leave it out, or call the house.",
        thing=name_of(refusal.extra),
        time=notice_words(refusal.extra.notice_hours),
    )


@says(NotInThisRoom)
def _not_in_this_room(refusal: NotInThisRoom) -> str:
    return _("The house does not have this for this room. Leave it out.")
