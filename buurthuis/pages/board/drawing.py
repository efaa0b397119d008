"""What stands on every page of a board: whose figures, of when, and the ways to the other pages."""

from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _

from buurthuis.foundation.access import may, visitor
from buurthuis.foundation.formatting import day
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.choosing import bar_of
from buurthuis.pages.board.take_home import files_of
from buurthuis.statistics.beside import first_bookings
from buurthuis.statistics.words import Than

Place = tuple[str, str, bool]


def draw(template: str, choice: Choice, endpoint: str, **words: Any) -> str:
    """A page with its choice of days, house, room, standing and theme."""
    more = words.pop("in_address", {})
    return render_template(
        template,
        choice=choice,
        bar=bar_of(choice, endpoint, **more),
        places=places(choice, endpoint),
        files=files_of(choice, endpoint),
        kicker=", ".join([choice.house_name, *choice.only]),
        nothing_known=_nothing_known(choice),
        **words,
    )


def _nothing_known(choice: Choice) -> str:
    """That no booking is so old, for a zero that was never counted looks like a result."""
    first = min(first_bookings([each.id for each in choice.venues]).values(), default=None)
    if first is not None and first < choice.days.span.after:
        return ""
    told = _("We know of no bookings in these days.")
    if first is None or first > choice.today:
        return told
    return " ".join([told, _("The first one was on %(day)s.", day=day(first, this_year=0))])


def places(choice: Choice, here: str) -> list[Place]:
    """The pages of a board; those that other modules open stand here as soon as they are there."""
    ways = [
        ("board.overview", _("Overview")),
        ("board.use", _("Use")),
        ("board.months", _("Months")),
        ("board.equity", _("Sharing")),
        ("board.roster", _("Roster")),
        ("board.money", _("Money")),
        ("board.table", _("All figures")),
        ("board.missing", _("What is missing")),
        ("board.annual", _("Annual sheet")),
        ("board.handover", _("New board")),
    ]
    if may(visitor(), "figures.public"):
        ways.append(("value.overview", _("What is public")))
    return [
        (words, choice.to(endpoint), endpoint == here)
        for endpoint, words in ways
        if endpoint in current_app.view_functions
    ]


def than(choice: Choice) -> Than:
    """With what these days are compared: the year before, or what came just before."""
    return Than.YEAR if choice.days.is_year else Than.BEFORE
