"""How a house is opened and closed, in a few words."""

from flask_babel import gettext as _

from buurthuis.imports.roster import HouseRoster


def people_words(roster: HouseRoster) -> str:
    """How many people open, close and are there."""
    told = [
        (roster.openers, _("%(count)s to open", count=roster.openers)),
        (roster.closers, _("%(count)s to close", count=roster.closers)),
        (roster.hosts, _("%(count)s all the time", count=roster.hosts)),
    ]
    return ", ".join(words for count, words in told if count)
