"""What is owed, in words: how much and why, for who booked and for the house."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.bookings.owed.models import Owed, State, Why
from buurthuis.foundation.formatting import euros
from buurthuis.rules.money import WHOLE

WHY: dict[Why, Any] = {
    Why.CANCELLED: _l("Cancelled late"),
    Why.BEGUN: _l("Cancelled after it had begun"),
    Why.UNUSED: _l("Nobody came, and nobody said so"),
}
BECAUSE: dict[Why, Any] = {
    Why.CANCELLED: _l("You cancelled late."),
    Why.BEGUN: _l("You cancelled when it had begun."),
    Why.UNUSED: _l("Nobody came, and you did not tell the house."),
}


@dataclass(frozen=True, slots=True)
class OwedWords:
    """How it stands in a few words, and why."""

    title: str
    text: str


def owed_words(owed: Owed | None) -> OwedWords | None:
    """What a group reads of what it owes; None where that is nothing."""
    if owed is None:
        return None
    if owed.decided_at is not None:
        return OwedWords(_title(owed), _("The house decided so: %(reason)s", reason=owed.reason))
    if owed.state == State.TO_DECIDE:
        more = _("It was so more often this year.")
        return OwedWords(_title(owed), f"{BECAUSE[owed.why]} {more}")
    return OwedWords(_title(owed), f"{BECAUSE[owed.why]} {share_words(owed)}")


def house_words(owed: Owed) -> OwedWords:
    """The same for the house."""
    if owed.state == State.TO_DECIDE:
        title = _("Decide what they pay: %(amount)s?", amount=euros(owed.cents))
    elif owed.state == State.WAIVED:
        title = _("They pay nothing for it.")
    else:
        title = _("They pay %(amount)s for it.", amount=euros(owed.cents))
    why = owed.reason or share_words(owed)
    return OwedWords(title, f"{WHY[owed.why]}. {why}")


def share_words(owed: Owed) -> str:
    """Which part of the price the rule of the house asks."""
    share, base = owed.share_bp, euros(owed.base_cents)
    if share == WHOLE:
        return _("The house asks the whole price.")
    part = format_decimal(Decimal(share) / 100, locale=get_locale())
    return _("The house asks %(part)s %% of %(base)s.", part=part, base=base)


def _title(owed: Owed) -> str:
    if owed.state == State.TO_DECIDE:
        return _("The house still decides what you pay.")
    if owed.state == State.WAIVED:
        return _("You pay nothing for it.")
    return _("You pay %(amount)s for it.", amount=euros(owed.cents))
