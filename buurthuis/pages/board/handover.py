"""The pack for a new board, to print: who does what, where everything is, the year, and what is open."""

from collections.abc import Iterator, Sequence
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.role_words import ROLE_MAY, ROLE_NAMES
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import day, number
from buurthuis.foundation.remembered import remembered
from buurthuis.handover.queries import Tasks, tasks_in
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.handover_queries import newest_decisions, people_by_role
from buurthuis.venues.decisions import Decision
from buurthuis.venues.models import Venue

HERE = "board.handover"
ROLES: Final = (
    *(RoleName.BOARD, RoleName.TREASURER, RoleName.MANAGER),
    *(RoleName.COORDINATOR, RoleName.KEY_HOLDER, RoleName.HOST),
)


@blueprint.get("/handover")
@needs("figures.see")
@remembered
def handover() -> str:
    """Everything that a new board needs on its first evening."""
    choice, now = Choice.of_address(), clock.now()
    venues = choice.venues
    ids = [each.id for each in venues]
    names = {each.id: each.name for each in venues}
    return draw(
        "board/handover.html",
        choice,
        HERE,
        head=[_("Role"), _("What they do"), *(each.name for each in venues)],
        roles=list(_roles(venues, people_by_role(ids, choice.today))),
        ways=list(_where(choice)),
        year=_year(),
        decisions=[_decision(each, names) for each in newest_decisions(ids)],
        open_ends=list(_open(tasks_in(venues[0], now=now))) if len(venues) == 1 else [],
        houses=[(each.name, choice.with_house(each).to(HERE)) for each in venues],
        made_on=choice.today,
    )


def _roles(venues: Sequence[Venue], people: dict[tuple[int, RoleName], int]) -> Iterator[list[str]]:
    """Numbers and no names: a board sees none."""
    for role in ROLES:
        for_all = people.get((0, role), 0)
        counts = [people.get((each.id, role), 0) + for_all for each in venues]
        yield [
            str(ROLE_NAMES[role]).capitalize(),
            str(ROLE_MAY[role]),
            *(str(count) if count else _("nobody") for count in counts),
        ]


def _where(choice: Choice) -> Iterator[tuple[str, str, str]]:
    """What there is, where, and what it is for."""
    year = choice.days.span.first.year
    yield (
        _("Figures"),
        choice.to("board.overview"),
        _("How the houses do, with the rows behind it."),
    )
    yield _("All figures"), choice.to("board.table"), _("What each figure means and what to know.")
    yield _("What is missing"), choice.to("board.missing"), _("What to fill in, and who can do it.")
    yield (
        _("What the board writes down"),
        url_for("year.overview", year=year),
        _("Costs, contribution, goals and words of the year."),
    )
    yield _("Stories"), url_for("year.stories"), _("What numbers do not tell. Only with consent.")
    yield (
        _("Discount that houses give"),
        url_for("pages.all_discounts", year=year),
        _("The proof of each discount, and the budget."),
    )
    yield _("Houses"), url_for("pages.venues"), _("Rooms, prices, rules and telephone.")


def _year() -> list[tuple[str, str]]:
    """What a board does when."""
    return [
        (
            _("January"),
            _("Write down what the year cost and who paid. Set goals for the new year."),
        ),
        (_("February"), _("Make the annual sheet. Check it, and give it to the municipality.")),
        (_("March"), _("Ask for two stories. Show the year to residents.")),
        (_("June"), _("Look at the busy hours and at refusals. Talk about what you see.")),
        (_("September"), _("Decide with residents about prices and the budget for discounts.")),
        (_("November"), _("Look at what is missing, while people still know it.")),
        (_("Each month"), _("Look at the overview. Are head counts and hours written down?")),
    ]


def _decision(each: Decision, names: dict[int, str]) -> tuple[str, str, str]:
    """The day, what was decided where, and who decided."""
    house = names.get(each.venue_id or 0, _("All houses together"))
    return day(each.decided_on, 0), f"{house}: {each.subject}", each.decided_by


def _open(tasks: Tasks) -> Iterator[tuple[str, str]]:
    """What waits in a house today."""
    for count, words in (
        (tasks.requests, _("Requests without an answer")),
        (tasks.recognitions, _("Discounts of groups that end soon")),
        (tasks.closures, _("Closures to come")),
        (tasks.invitations, _("Invitations without a yes")),
        (tasks.keys, _("Keys that should have come back")),
    ):
        if count:
            yield words, number(count)
