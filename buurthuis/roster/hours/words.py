"""The words of hours: which ceiling was passed, and what to do about it."""

from collections.abc import Iterable

from flask_babel import gettext as _

from buurthuis.foundation.formatting import euros, month
from buurthuis.rules.allowance import Limit, Passed


def passed_words(passed: Iterable[Passed]) -> list[str]:
    """A sentence for each ceiling that was passed."""
    return [_sentence(each) for each in passed]


def _sentence(each: Passed) -> str:
    facts = {"cents": euros(each.cents), "most": euros(each.most_cents)}
    if each.limit == Limit.YEAR:
        return _(
            "In %(year)s the allowance is %(cents)s. Untaxed is %(most)s at most.",
            year=each.first_on.year,
            **facts,
        )
    if each.limit == Limit.MONTH:
        return _(
            "In %(month)s the allowance is %(cents)s. Untaxed is %(most)s a month at most.",
            month=month(each.first_on),
            **facts,
        )
    return _(
        "In %(month)s an hour brings %(cents)s. Untaxed is %(most)s an hour at most.",
        month=month(each.first_on),
        **facts,
    )
