"""What a house gave in a year, with the proof of each discount; for its managers, treasurer and board."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from flask import Response, request, url_for

from buurthuis.discounts import queries, sentences
from buurthuis.discounts import rights as discount_rights
from buurthuis.discounts.budgets import budget_of, standing_of_budget
from buurthuis.discounts.proof import Proof, proofs
from buurthuis.discounts.queries import Asked, Line
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.formatting import euros, linked, short_day
from buurthuis.pages.desk_door import blueprint, desk_page, house
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
from buurthuis.tariffs.standing_words import standing_names
from buurthuis.venues.models import Venue

READ = (discount_rights, sentences)
MOST_GROUPS = 15


@blueprint.get("/discounts")
@needs("discounts.see", house)
def discounts(venue: Venue) -> str:
    """The sums of a year, by standing and by group, and the bookings behind them."""
    now = clock.now()
    choice, lines = _chosen(venue, now)
    names = names_in(venue, choice.asked, lines)
    found = proofs(choice.asked, first=choice.first, count=PER_PAGE + 1)
    groups = list(queries.by_initiative(lines).items())
    budget = None if choice.is_part else budget_of(venue, choice.asked.year)
    shown = MOST_GROUPS if "groups" not in request.args else len(groups)
    here = partial(url_for, "desk.discounts", slug=venue.slug)
    chosen = partial(here, **choice.in_address)
    return desk_page(
        "discounts",
        venue,
        year=choice.asked.year,
        total=queries.total(lines),
        only=_only(choice, names),
        standings=[
            [linked(names.standing(code), here(**{**choice.in_address, "standing": code})), *cells]
            for code, pair in queries.by_standing(lines).items()
            for cells in [sum_cells(pair)]
        ],
        groups=[
            [linked(names.group(each), here(**{**choice.in_address, "initiative": each})), *cells]
            for each, pair in groups[:shown]
            for cells in [sum_cells(pair)]
        ],
        more_groups=max(0, len(groups) - shown),
        rows=[_booking(each, names, venue) for each in found[:PER_PAGE]],
        budget=budget,
        decided=budget_decision(budget) if budget else "",
        stands=standing_of_budget(budget, lines, day_of(now)) if budget else None,
        names=names,
        sets_budget=may(visitor(), "discounts.budget", venue),
        file=url_for("desk.discounts_file", slug=venue.slug, **choice.in_address),
        all=here(year=choice.asked.year),
        all_groups=chosen(groups="all"),
        pages=choice.pages(chosen, has_more=len(found) > PER_PAGE),
        years=choice.years(here),
    )


@blueprint.get("/discounts.csv")
@needs("discounts.see", house)
def discounts_file(venue: Venue) -> Response:
    """The bookings behind the sums, to count again elsewhere."""
    now = clock.now()
    choice, lines = _chosen(venue, now)
    called = f"{venue.slug}-discounts-{choice.asked.year}"
    return discount_file(
        proofs(choice.asked), names_in(venue, choice.asked, lines), now, called=called
    )


def _chosen(venue: Venue, now: datetime) -> tuple[Choice, list[Line]]:
    """What the address asks for, and its sums; a group that got nothing here counts as not chosen."""
    choice = Choice.of_address(frozenset({venue.id}))
    lines = queries.sums_of(choice.asked, now)
    if choice.asked.initiative_id is None or lines:
        return choice, lines
    everybody = choice.for_all_groups
    return everybody, queries.sums_of(everybody.asked, now)


def names_in(venue: Venue, asked: Asked, lines: Sequence[Line]) -> Names:
    """What standings and groups are called in a house, for whoever looks."""
    card = card_on(venue.id, day_of(clock.now()))
    with_private = may(visitor(), "desk.see", venue)
    groups = queries.names_of({line.initiative_id for line in lines}, with_private=with_private)
    standings = own_names(asked) | standing_names(card.standings if card else ())
    return Names(standings, groups)


def _booking(proof: Proof, names: Names, venue: Venue) -> list[Cell]:
    """A booking as a row: when, who, where, what it came to, and why."""
    row = proof.booking
    day: Cell = short_day(row.from_at)
    if may(visitor(), "desk.see", venue):
        day = linked(day, url_for("desk.booking", slug=venue.slug, booking_id=row.id))
    return [
        *(day, names.group(row.initiative_id), row.room_name),
        *map(euros, (row.list_cents, proof.charged_cents, row.given_cents)),
        joined(why_lines(proof, tells=names.tells_of(row.initiative_id))),
    ]


def _only(choice: Choice, names: Names) -> list[str]:
    """What was chosen, in words."""
    asked = choice.asked
    chosen = [names.standing(asked.standing)] if asked.standing is not None else []
    return [*chosen, *([names.group(asked.initiative_id)] if asked.initiative_id else [])]
