"""The words of the ways to pay: what each is called, and what it means for who chooses it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from buurthuis.rules.paying.ways import Way

WAYS: dict[Way, Any] = {
    Way.ONLINE: _l("Online"),
    Way.INVOICE: _l("On invoice"),
    Way.DESK: _l("At the desk"),
    Way.NONE: _l("Nothing to pay"),
}
CHOICES: dict[Way, Any] = {
    Way.ONLINE: _l("Now, online"),
    Way.INVOICE: _l("Later, on an invoice"),
    Way.DESK: _l("At the desk"),
}
"""As who books chooses one."""

WAY_HINTS: dict[Way, Any] = {
    Way.ONLINE: _l("You pay on the page that comes next. Then your place is certain."),
    Way.INVOICE: _l("You get an invoice. You pay it later, through your bank."),
    Way.DESK: _l("You pay in the house, with cash or a card."),
}
ONLY_WAYS: dict[Way, Any] = {
    Way.ONLINE: _l("You pay online. The page for it comes next."),
    Way.INVOICE: _l("You get an invoice. You pay it later, through your bank."),
    Way.DESK: _l("You pay in the house, with cash or a card."),
}
"""What a page says where there is one way and nothing to choose."""

LATER: dict[Way, Any] = {
    **ONLY_WAYS,
    Way.ONLINE: _l("You pay online, once the house says yes."),
}
"""The same where the house answers first."""


def ways_in_words(ways: Iterable[Way]) -> str:
    """Several ways in a row."""
    return ", ".join(str(CHOICES[way]) for way in ways)
