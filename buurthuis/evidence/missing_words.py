"""What figures miss, as a sentence, with who can fill it in."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.accounts.role_words import ROLE_NAMES
from buurthuis.evidence.missing import Missing, What
from buurthuis.foundation.formatting import hours


def sentence(missing: Missing) -> str:
    """What is missing."""
    count, of = missing.count, missing.of
    told: dict[What, Any] = {
        What.COUNTS: lambda: _("%(count)s of %(of)s bookings have no head count.", count=count, of=of),
        What.THEMES: lambda: _("%(hours)s have no theme.", hours=hours(missing.minutes)),
        What.HOURS: lambda: _(
            "Of %(count)s of %(of)s shifts nobody said how long. The plan counts.",
            count=count, of=of,
        ),
        What.MONEY: lambda: ngettext(
            "One amount of %(year)s is not filled in.",
            "%(num)s amounts of %(year)s are not filled in.",
            count, year=missing.values["year"],
        ),
        What.RATES: lambda: _("Nobody wrote down what an hour of a volunteer is worth."),
        What.TARGETS: lambda: _("There is no target for %(year)s.", year=missing.values["year"]),
        What.STORIES: lambda: _("Nobody told a story yet."),
    }  # fmt: skip
    return str(told[missing.what]())


def what_now(missing: Missing) -> str:
    """What can still be done about it, where that has an end; else nothing."""
    if missing.what is not What.COUNTS:
        return ""
    if not missing.still:
        return _("It is too late to write these down.")
    return _("You can still write down %(count)s.", count=missing.still)


def who(missing: Missing) -> str:
    """Who can fill it in, if somebody still can."""
    return "" if missing.is_too_late else str(ROLE_NAMES[missing.who])
