"""Discounts outside one house: all houses beside each other, one's own, and the budgets everybody may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Response, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from buurthuis.accounts import queries as accounts
from buurthuis.accounts.models import Initiative
from buurthuis.accounts.queries import houses_of
from buurthuis.discounts import queries
from buurthuis.discounts.budgets import newest_in, versions_of
from buurthuis.discounts.models import Budget
from buurthuis.discounts.proof import Proof, proofs
from buurthuis.discounts.rights import SEE
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, public, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.formatting import euros, linked, short_day
from buurthuis.pages.blueprint import blueprint
from buurthuis.pages.discount_choice import PER_PAGE, Choice
from buurthuis.pages.discount_file import discount_file
from buurthuis.pages.discount_words import (
    Cell,
    Names,
    budget_decision,
    joined,
    own_names,
    sum_cells,
    why_lines,
)
from buurthuis.rules.calendar import day_of
from buurthuis.tariffs.queries import card_on
from buurthuis.tariffs.standing_words import standing_name
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a budget as the page shows it."""

    budget: Budget
    what: str
    who: str
    shares: list[tuple[str, str]]
    decision: str


@blueprint.get("/board/discounts")
@needs("houses.compare")
def all_discounts() -> str:
    """The sums of a year, a row for each house of the visitor."""
    venues = _venues()
    choice = Choice.of_address(frozenset(venues))
    lines = queries.sums_of(choice.asked, clock.now())
    budgets = {each.venue_id: each.cents for each in newest_in([choice.asked.year])}
    found = queries.by_house(lines)
    here = partial(url_for, "pages.all_discounts")
    names = Names(own_names(choice.asked), {})
    return render_template(
        "pages/all_discounts.html",
        year=choice.asked.year,
        total=queries.total(lines),
        houses=[
            [
                linked(venues[each].name, _house(venues[each], choice.asked.year)),
                *sum_cells(found.get(each, queries.Pair())),
                euros(budgets[each]) if each in budgets else "–",
            ]
            for each in [*found, *(other for other in venues if other not in found)]
        ],
        standings=[
            [names.standing(code), *sum_cells(pair)]
            for code, pair in queries.by_standing(lines).items()
        ],
        file=url_for("pages.all_discounts_file", year=choice.asked.year),
        years=choice.years(here),
    )


@blueprint.get("/board/discounts.csv")
@needs("houses.compare")
def all_discounts_file() -> Response:
    """The bookings of all these houses."""
    venues, now = _venues(), clock.now()
    asked = Choice.of_address(frozenset(venues)).asked
    lines = queries.sums_of(asked, now)
    with_private = all(may(visitor(), "desk.see", each) for each in venues.values())
    groups = queries.names_of({each.initiative_id for each in lines}, with_private=with_private)
    return discount_file(proofs(asked), Names({}, groups), now, called=f"discounts-{asked.year}")


@blueprint.get("/me/initiatives/<int:initiative_id>/discounts")
@needs("initiative.see", accounts.initiative_by_id)
def given(initiative: Initiative) -> str:
    """What the houses gave a group in a year, and why."""
    choice = Choice.of_address(None, initiative.id)
    lines = queries.sums_of(choice.asked, clock.now())
    found = proofs(choice.asked, first=choice.first, count=PER_PAGE + 1)
    venues = _named(queries.by_house(lines))
    here = partial(url_for, "pages.given", initiative_id=initiative.id)
    this_year = partial(here, year=choice.asked.year)
    return render_template(
        "pages/given.html",
        initiative=initiative,
        year=choice.asked.year,
        total=queries.total(lines),
        houses=[
            [venues[each].name, *sum_cells(pair)] for each, pair in queries.by_house(lines).items()
        ],
        rows=[_own(each) for each in found[:PER_PAGE]],
        pages=choice.pages(this_year, has_more=len(found) > PER_PAGE),
        file=url_for("pages.given_file", initiative_id=initiative.id, year=choice.asked.year),
        years=choice.years(here),
    )


@blueprint.get("/me/initiatives/<int:initiative_id>/discounts.csv")
@needs("initiative.see", accounts.initiative_by_id)
def given_file(initiative: Initiative) -> Response:
    """The bookings of a group, to count again elsewhere."""
    asked = Choice.of_address(None, initiative.id).asked
    names = Names({}, {initiative.id: initiative.name})
    return discount_file(proofs(asked), names, clock.now(), called=f"discounts-{asked.year}")


@blueprint.get("/venues/<slug>/budget")
@public
def budget(slug: str) -> str:
    """Every version of every year, and who decided it."""
    venue = venue_by_slug(slug)
    return render_template("pages/budget.html", venue=venue, versions=_versions(venue))


def _versions(venue: Venue) -> list[Version]:
    """The versions as everybody reads them; only managers of the house read who wrote them down."""
    budgets = versions_of(venue)
    names = may(visitor(), "house.manage", venue)
    card = card_on(venue.id, day_of(clock.now()))
    standings = card.standings if card else ()
    before = {(each.year, each.number): each for each in budgets}
    return [
        Version(
            each,
            _what(each, before.get((each.year, each.number - 1))),
            each.made_by.name if each.made_by and names else _("the house"),
            [(standing_name(code, standings), euros(cents)) for code, cents in each.shares.items()],
            budget_decision(each),
        )
        for each in budgets
    ]


def _what(budget: Budget, before: Budget | None) -> str:
    """What a version did."""
    if before is None:
        return _("Set")
    if before.cents != budget.cents:
        return _("Changed, was %(amount)s", amount=euros(before.cents))
    return _("Shifted between groups") if before.shares != budget.shares else _("Decided again")


def _own(proof: Proof) -> list[Cell]:
    row = proof.booking
    day = linked(short_day(row.from_at), url_for("bookings.show", booking_id=row.id))
    return [
        *(day, row.venue_name, row.room_name),
        *map(euros, (row.list_cents, proof.charged_cents, row.given_cents)),
        joined(why_lines(proof)),
    ]


def _house(venue: Venue, year: int) -> str:
    return url_for("desk.discounts", slug=venue.slug, year=year)


def _venues() -> dict[int, Venue]:
    """The houses whose discounts the visitor may see, by name."""
    ids = houses_of(visitor(), *SEE)
    asked = select(Venue).order_by(Venue.is_example, Venue.name)
    found: Sequence[Venue] = db.session.scalars(asked).all()
    return {each.id: each for each in found if ids is None or each.id in ids}


def _named(venue_ids: Iterable[int]) -> dict[int, Venue]:
    asked = select(Venue).where(Venue.id.in_(list(venue_ids)))
    return {each.id: each for each in db.session.scalars(asked)}
