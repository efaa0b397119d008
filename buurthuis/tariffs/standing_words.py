"""What standings are called: in the words of a house, or in those that everybody knows.

A house names its standings in its own language. A kind that everybody knows has words in every
language of the pages, so who reads no Dutch gets those; a standing of a house's own has one name.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.accounts.forms import KINDS
from buurthuis.foundation.db import db
from buurthuis.foundation.formatting import language
from buurthuis.rules.standing import Kind, Purpose, StandingCode
from buurthuis.tariffs.known import card_known
from buurthuis.tariffs.models import RateCard, Recognition

KIND_WORDS: dict[StandingCode, Any] = {
    **{str(kind): words for kind, words in KINDS.items()},
    str(Kind.INTERNAL): _l("The house itself"),
}
PURPOSE_WORDS: dict[Purpose, Any] = {
    Purpose.MEETING: _l("Meeting"),
    Purpose.COURSE: _l("Course"),
    Purpose.CULTURE: _l("Culture"),
    Purpose.SPORT: _l("Sport"),
    Purpose.CARE: _l("Care"),
    Purpose.FOOD: _l("Food"),
    Purpose.WORK: _l("Work"),
    Purpose.PARTY: _l("Party"),
    Purpose.OTHER: _l("Something else"),
}
HOME = "nl"


class Named(Protocol):
    """A standing as a card has it, stored or in a house file."""

    @property
    def kind(self) -> StandingCode:
        """Its code."""

    @property
    def label(self) -> str:
        """What the house calls it."""


def standing_name(code: StandingCode, standings: Iterable[Named] = ()) -> str:
    """What a standing is called, where a card has these standings."""
    label = next((each.label for each in standings if each.kind == code), "")
    if label and (code not in KIND_WORDS or language() == HOME):
        return label
    return str(KIND_WORDS.get(code, code))


def standing_names(standings: Iterable[Named]) -> dict[StandingCode, str]:
    """What everybody may be recognised as where a card has these standings: the kinds, then its own."""
    named = list(standings)
    codes = [*KIND_WORDS, *(each.kind for each in named if each.kind not in KIND_WORDS)]
    return {code: standing_name(code, named) for code in codes}


def name_for(name: str, purpose: Purpose | None) -> str:
    """The name of a standing, and the activity when it is recognised for that alone."""
    if purpose is None:
        return name
    return _("%(kind)s, only for: %(purpose)s", kind=name, purpose=PURPOSE_WORDS[purpose])


def known_as(recognition: Recognition, standings: Iterable[Named] = ()) -> str:
    """As what a group is known, where a card has these standings, and for what."""
    return name_for(standing_name(recognition.kind, standings), recognition.purpose)


def name_on_card(code: StandingCode, card_id: int | None) -> str:
    """What a standing is called on a card, such as that by which a booking was priced."""
    card = None if card_id is None else card_known(card_id) or db.session.get(RateCard, card_id)
    return standing_name(code, card.standings if card else ())
