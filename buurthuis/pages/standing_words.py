"""The words of recognising: what is asked of a group, what it answered, and what it would pay."""

from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.foundation.formatting import euros
from buurthuis.pages.standing_prices import Example
from buurthuis.rules.criteria import Criterion
from buurthuis.tariffs.applications.models import Application, State


class Answer(StrEnum):
    """An answer to a question about a group."""

    YES = "yes"
    NO = "no"


QUESTIONS: dict[Criterion, Any] = {
    Criterion.SOCIAL_AIM: _l("Do you do it for the neighbourhood or for a good cause?"),
    Criterion.OPEN_TO_ALL: _l("Can everybody take part?"),
    Criterion.NO_PROFIT: _l("Does somebody earn money with it?"),
    Criterion.FROM_NEIGHBOURHOOD: _l("Do most people come from the neighbourhood?"),
    Criterion.NO_PAID_WORKER: _l("Is somebody paid to lead it?"),
}
HINTS: dict[Criterion, Any] = {
    Criterion.OPEN_TO_ALL: _l("A group for women or for one street counts too."),
    Criterion.NO_PROFIT: _l("A small fee for coffee or material is no profit."),
    Criterion.NO_PAID_WORKER: _l("Volunteers who get their costs back are not paid."),
}
MEETS: dict[Criterion, Answer] = {
    Criterion.SOCIAL_AIM: Answer.YES,
    Criterion.OPEN_TO_ALL: Answer.YES,
    Criterion.NO_PROFIT: Answer.NO,
    Criterion.FROM_NEIGHBOURHOOD: Answer.YES,
    Criterion.NO_PAID_WORKER: Answer.NO,
}
"""The answer with which a criterion is met."""

CLAIMS: dict[Criterion, Any] = {
    Criterion.SOCIAL_AIM: _l("it is for the neighbourhood or for a good cause"),
    Criterion.OPEN_TO_ALL: _l("everybody can take part"),
    Criterion.NO_PROFIT: _l("nobody earns money with it"),
    Criterion.FROM_NEIGHBOURHOOD: _l("most people come from the neighbourhood"),
    Criterion.NO_PAID_WORKER: _l("nobody is paid to lead it"),
}
"""What a house asks, told to the group and to the manager alike."""

YES_NO: dict[Answer, Any] = {Answer.YES: _l("Yes"), Answer.NO: _l("No")}

STATES: dict[State, Any] = {
    State.ASKED: _l("Waits for an answer"),
    State.RECOGNISED: _l("Yes"),
    State.REFUSED: _l("No"),
    State.WITHDRAWN: _l("Taken back"),
}


def answers_of(application: Application) -> list[tuple[str, str]]:
    """Each question with what the group answered."""
    met = application.criteria
    other = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}
    return [
        (str(words), str(YES_NO[MEETS[each] if each in met else other[MEETS[each]]]))
        for each, words in QUESTIONS.items()
    ]


def place_words(application: Application) -> str:
    """Which house answers; all houses together have no name."""
    return application.venue.name if application.venue else _("All houses together")


def range_words(examples: list[Example], *, of_others: bool = False) -> str:
    """What an evening costs a group in a house, in one sentence or two; `of_others` tells of them."""
    if not examples:
        return _("Ask the house what an evening costs.")
    priced = [each for each in examples if each.normal_cents]
    if not priced:
        return _("Free of charge")
    pays = _from_to([each.pays_cents for each in priced])
    normal = _from_to([each.normal_cents for each in priced])
    if of_others and pays == normal:
        return _("An evening costs them %(price)s. That is the normal price.", price=pays)
    if of_others:
        return _(
            "An evening costs them %(price)s. Normal is %(normal)s.", price=pays, normal=normal
        )
    if pays == normal:
        return _("An evening costs you %(price)s. That is the normal price.", price=pays)
    return _("An evening costs you %(price)s. Normal is %(normal)s.", price=pays, normal=normal)


def price_rows(examples: list[Example]) -> list[tuple[str, str, str]]:
    """Each room with what everybody pays for an evening, and what the group would pay."""
    return [
        (each.room.name, _price(each.normal_cents), _price(each.pays_cents)) for each in examples
    ]


def _from_to(cents: list[int]) -> str:
    least, most = min(cents), max(cents)
    if least == most:
        return _price(least) if least else _("nothing")
    low = euros(least) if least else _("nothing")
    return _("%(least)s to %(most)s", least=low, most=euros(most))


def _price(cents: int) -> str:
    return euros(cents) if cents else _("free")
