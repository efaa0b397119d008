"""Setting the budget of a house, shifting it between standings, and warning before it is empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.discounts import letters
from buurthuis.discounts.budgets import budget_of, newest_in, standing_of_budget
from buurthuis.discounts.models import Budget, BudgetPart
from buurthuis.discounts.queries import Asked, sums_of
from buurthuis.discounts.refusals import (
    BudgetChanged,
    DecidedLater,
    NoBudget,
    NothingToShift,
    SharesTooLarge,
)
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.standing import StandingCode
from buurthuis.venues.models import Venue

Shares = Mapping[StandingCode, Cents]


@dataclass(frozen=True, slots=True)
class Decided:
    """What residents decided about a budget: when, who, and where it can be read."""

    on: date
    by: str
    reference: str = ""


@action
def set_budget(
    venue: Venue,
    year: int,
    cents: Cents,
    shares: Shares,
    *,
    decided: Decided,
    by: Person,
    seen: int | None = None,
) -> Budget:
    """Write down how much discount a house gives in a year, and what is set apart for whom.

    What is set apart for nobody is for everybody. `seen` is the number of the version that was
    shown, 0 for none.

    Raises:
        NotFound, NotAllowed: this person does not set budgets here.
        SharesTooLarge: more is set apart than there is.
        DecidedLater: the decision lies in the future.
        BudgetChanged: somebody else was earlier.
    """
    demand(by, "discounts.budget", venue)
    before = _locked(venue, year, seen)
    together = sum(shares.values())
    if together > cents:
        raise SharesTooLarge(shares=together, budget=cents)
    budget = _new_version(venue, year, cents, shares, before, decided=decided, by=by)
    logbook.note("budget.set", budget, by=by, venue_id=venue.id, year=year, cents=cents)
    return budget


@action
def shift_budget(
    venue: Venue,
    year: int,
    cents: Cents,
    *,
    from_: StandingCode | None,
    to: StandingCode | None,
    decided: Decided,
    by: Person,
    seen: int | None = None,
) -> Budget:
    """Take from what is set apart for one standing and give it to another; None is everybody else.

    The whole stays what it is.

    Raises:
        NoBudget: there is none for this year.
        NothingToShift: that standing has less.
        NotFound, NotAllowed, DecidedLater, BudgetChanged: as for setting one.
    """
    demand(by, "discounts.budget", venue)
    before = _locked(venue, year, seen)
    if before is None:
        raise NoBudget(year=year)
    shares = {**before.shares}
    has = before.for_everybody_cents if from_ is None else shares.get(from_, 0)
    if not 0 < cents <= has or from_ == to:
        raise NothingToShift(has=has)
    if from_ is not None:
        shares[from_] = has - cents
    if to is not None:
        shares[to] = shares.get(to, 0) + cents
    budget = _new_version(venue, year, before.cents, shares, before, decided=decided, by=by)
    logbook.note("budget.shifted", budget, by=by, venue_id=venue.id, year=year, cents=cents)
    return budget


def _locked(venue: Venue, year: int, seen: int | None) -> Budget | None:
    """The newest version, with the house locked so that nobody writes another one meanwhile."""
    db.session.execute(select(Venue.id).where(Venue.id == venue.id).with_for_update())
    newest = budget_of(venue, year)
    if seen is not None and seen != (newest.number if newest else 0):
        raise BudgetChanged(year=year)
    return newest


def _new_version(
    venue: Venue,
    year: int,
    cents: Cents,
    shares: Shares,
    before: Budget | None,
    *,
    decided: Decided,
    by: Person,
) -> Budget:
    now = clock.now()
    if decided.on > day_of(now):
        raise DecidedLater(on=decided.on)
    # Who was told of this amount hears it once; a new amount is news again.
    is_same = before is not None and before.cents == cents
    budget = Budget(
        venue_id=venue.id,
        year=year,
        number=before.number + 1 if before else 1,
        cents=cents,
        decided_on=decided.on,
        decided_by=decided.by,
        reference=decided.reference,
        made_at=now,
        made_by_id=by.id,
        level_bp=before.level_bp if before and is_same else 0,
        told_bp=before.told_bp if before and is_same else 0,
        parts=[BudgetPart(standing=code, cents=part) for code, part in shares.items() if part],
    )
    db.session.add(budget)
    db.session.flush()
    return budget


@action
def tell_of_budgets() -> int:
    """Write to the managers of each house whose budget passed a threshold; gives how many letters.

    One letter for each threshold. A budget that nobody set asks nothing more of the database.
    """
    now = clock.now()
    today = day_of(now)
    posted = 0
    for budget in newest_in({today.year, today.year + 1}):
        # Another worker may be at it: who comes second reads what the first told.
        db.session.refresh(budget, with_for_update=True)
        asked = Asked(frozenset({budget.venue_id}), budget.year)
        stands = standing_of_budget(budget, sums_of(asked, now), today)
        if budget.level_bp != stands.level_bp:
            budget.level_bp = stands.level_bp
        if stands.level_bp > budget.told_bp:
            budget.told_bp = stands.level_bp
            posted += letters.budget_used(stands)
    return posted
