"""What is said when an extra cannot be had, and what the visitor can do instead."""

from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.extras.words import name_of, notice_words
from buurthuis.foundation.errors import says


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
    extra = refusal.facts.get("extra")
    if extra is not None:
        return _(
            "%(thing)s: not in this room. Leave it out, or choose another room.",
            thing=name_of(extra),
        )
    return _("The house does not have this for this room. Leave it out.")
