"""Questions about budgets: what residents decided for a year, and where it stands today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.discounts.models import Budget
from buurthuis.discounts.queries import Line, Pair, by_standing, total
from buurthuis.foundation.db import db
from buurthuis.foundation.keeping import kept_value
from buurthuis.rules import budgets
from buurthuis.rules.money import BasisPoints, Cents
from buurthuis.rules.standing import StandingCode
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Share:
    """What is set apart for a standing, None for everybody else, and what was used of it."""

    standing: StandingCode | None
    cents: Cents
    used: Pair

    @property
    def left_cents(self) -> Cents:
        """What nobody was given or promised; below zero when it was too little."""
        return self.cents - self.used.together_cents


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a budget stands: what was used of it, and when it runs out at this pace."""

    budget: Budget
    used: Pair
    shares: list[Share]
    runs_out_on: date | None

    @property
    def left_cents(self) -> Cents:
        """What nobody was given or promised; below zero when it was too little."""
        return self.budget.cents - self.used.together_cents

    @property
    def level_bp(self) -> BasisPoints:
        """The highest threshold that was reached, 0 while all is well."""
        return budgets.reached(self.budget.cents, self.used.together_cents)


def standing_of_budget(budget: Budget, lines: Iterable[Line], today: date) -> Standing:
    """Where a budget stands with these sums of its year."""
    lines = list(lines)
    used = by_standing(lines)
    shares = budget.shares
    own = [Share(code, cents, used.get(code, Pair())) for code, cents in shares.items()]
    others = sum((pair for code, pair in used.items() if code not in shares), Pair())
    everybody = total(lines)
    runs_out_on = budgets.runs_out_on(
        budget.cents, everybody.given.given_cents, year=budget.year, today=today
    )
    rest = [Share(None, budget.for_everybody_cents, others)] if own else []
    return Standing(budget, everybody, [*own, *rest], runs_out_on)


def budget_of(venue: Venue, year: int) -> Budget | None:
    """The newest version of the budget of a year; None when residents set none."""
    asked = select(Budget).where(Budget.venue_id == venue.id, Budget.year == year)
    return db.session.scalar(asked.order_by(Budget.number.desc()).limit(1))


def versions_of(venue: Venue) -> Sequence[Budget]:
    """Every version of every year, the newest first."""
    person = joinedload(Budget.made_by)
    asked = select(Budget).where(Budget.venue_id == venue.id)
    asked = asked.options(person.lazyload(Person.roles), person.lazyload(Person.memberships))
    return db.session.scalars(asked.order_by(Budget.year.desc(), Budget.number.desc())).all()


def newest_in(years: Iterable[int]) -> list[Budget]:
    """The budgets that count in these years, of all houses."""
    newest = (
        select(Budget.venue_id, Budget.year, func.max(Budget.number))
        .where(Budget.year.in_(list(years)))
        .group_by(Budget.venue_id, Budget.year)
    )
    key = tuple_(Budget.venue_id, Budget.year, Budget.number)
    return list(db.session.scalars(select(Budget).where(key.in_(newest)).order_by(Budget.id)))


def level_here(venue: Venue, year: int) -> BasisPoints:
    """The threshold that the worker saw the budget of a year reach; 0 while all is well."""
    return _levels_here(venue).get(year, 0)


def has_budgets(venue: Venue) -> bool:
    """Whether residents ever set one here."""
    return bool(_levels_here(venue))


def _levels_here(venue: Venue) -> dict[int, BasisPoints]:
    return kept_value("levels of budgets", venue.id, lambda: _levels(venue))


def _levels(venue: Venue) -> dict[int, BasisPoints]:
    asked = select(Budget.year, Budget.level_bp).where(Budget.venue_id == venue.id)
    found = db.session.execute(asked.order_by(Budget.number))
    return {row.year: row.level_bp for row in found}
