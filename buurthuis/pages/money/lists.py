"""The invoices of a house as a list, by how they stand, year and word; and those of one's own groups."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from flask import render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts.queries import initiatives_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, signed_in, visitor
from buurthuis.pages.money.door import Place, blueprint, house, money_page, own
from buurthuis.pages.money.list_queries import Listed, Wanted, listed, years_of
from buurthuis.payments.invoices.models import Kind
from buurthuis.payments.papers.uses import worth_of
from buurthuis.payments.words import STATES
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.open_items import State
from buurthuis.rules.wording import one_line
from buurthuis.venues.models import Venue

PER_PAGE = 25
MOST_PAGES = 10_000
MOST_TO_PAY = 50
LONGEST_WORD = 60
CREDIT_NOTES = "credit_notes"

Leaf = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for; what nobody can choose counts as nothing."""

    wanted: Wanted
    page: int = 1

    @classmethod
    def of_address(cls, wanted: Wanted) -> Self:
        """The choice that the address makes, beside what is wanted anyway."""
        show = request.args.get("show", "")
        year = request.args.get("year", type=int)
        chosen = replace(
            wanted,
            state=State(show) if show in set(State) else None,
            kind=Kind.CREDIT_NOTE if show == CREDIT_NOTES else None,
            year=year if year and 2000 <= year <= 9999 else None,
            word=one_line(request.args.get("word", "")[:LONGEST_WORD], longest=LONGEST_WORD),
        )
        return cls(chosen, min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES))

    @property
    def show(self) -> str | None:
        """How the state stands in an address."""
        return CREDIT_NOTES if self.wanted.kind else self.wanted.state and str(self.wanted.state)

    @property
    def in_address(self) -> dict[str, Any]:
        """The same for another address."""
        return {"show": self.show, "year": self.wanted.year, "word": self.wanted.word or None}

    def rows(self, today: date) -> tuple[list[Listed], bool]:
        """The invoices of this page, and whether there are more."""
        first = (self.page - 1) * PER_PAGE
        found = listed(self.wanted, today, first=first, count=PER_PAGE + 1)
        return found[:PER_PAGE], len(found) > PER_PAGE

    def pages(self, here: Callable[..., str], *, has_more: bool) -> tuple[Leaf, Leaf]:
        """The ways to the page before and the page after."""
        before, after = self.page - 1, self.page + 1
        return (
            (_("Previous"), here(**self.in_address, page=before if before > 1 else None))
            if before
            else None,
            (_("Next"), here(**self.in_address, page=after)) if has_more else None,
        )


@blueprint.get("/invoices")
@needs("money.see", house)
def invoices(venue: Venue) -> str:
    """All invoices of a house."""

    def here(**chosen: Any) -> str:
        return url_for("money.invoices", slug=venue.slug, **chosen)

    today = day_of(clock.now())
    choice = Choice.of_address(Wanted(venue_id=venue.id))
    rows, has_more = choice.rows(today)
    return money_page(
        "invoices",
        venue,
        rows=rows,
        today=today,
        choice=choice,
        states=_states(choice, here),
        years=_years(choice, venue, here),
        pages=choice.pages(here, has_more=has_more),
        all=here(),
    )


@own.get("/me/invoices")
@signed_in
def mine() -> str:
    """The invoices of the groups for which one speaks; what is to be paid stands first."""
    today, groups = day_of(clock.now()), initiatives_of(visitor())
    ours = Wanted(initiative_ids=frozenset(each.id for each in groups))
    choice = Choice.of_address(replace(ours, asks=False))
    rows, has_more = choice.rows(today)
    to_pay = listed(replace(ours, asks=True), today, count=MOST_TO_PAY)

    def here(**chosen: Any) -> str:
        return url_for("invoices.mine", **chosen)

    return render_template(
        "money/mine.html",
        today=today,
        groups=groups,
        to_pay=sorted(to_pay, key=lambda each: (each.invoice.due_on, each.invoice.id)),
        worth=worth_of(groups),
        other=rows,
        pages=choice.pages(here, has_more=has_more),
    )


def _states(choice: Choice, here: Callable[..., str]) -> list[Place]:
    """The ways to invoices that stand otherwise."""
    ways = [(_("All"), None), *((str(words), str(state)) for state, words in STATES.items())]
    return [
        (words, here(**{**choice.in_address, "show": show}), show == choice.show)
        for words, show in [*ways, (_("Credit notes"), CREDIT_NOTES)]
    ]


def _years(choice: Choice, venue: Venue, here: Callable[..., str]) -> list[Place]:
    """The ways to other years, where there is more than one."""
    years = years_of(venue)
    if len(years) < 2 and not choice.wanted.year:
        return []
    return [
        (
            str(year) if year else _("All years"),
            here(**{**choice.in_address, "year": year}),
            year == choice.wanted.year,
        )
        for year in (None, *years)
    ]
