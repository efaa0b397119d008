"""The letter that a budget of discount is nearly or wholly used."""

from typing import Any

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.discounts.budgets import Standing
from buurthuis.foundation import outbox
from buurthuis.foundation.db import db
from buurthuis.foundation.links import absolute
from buurthuis.rules.budgets import EMPTY
from buurthuis.rules.calendar import moment, rfc3339
from buurthuis.venues.models import Venue


def budget_used(stands: Standing) -> int:
    """The managers and the treasurer read what is used and what is left; gives how many letters."""
    budget = stands.budget
    venue = db.session.get_one(Venue, budget.venue_id)
    last, posted = stands.runs_out_on, 0
    for person in people_with_role(venue, RoleName.MANAGER, RoleName.TREASURER):
        if person.email:
            facts: dict[str, Any] = {
                "person_name": person.name,
                "venue_name": venue.name,
                "year": budget.year,
                "is_empty": stands.level_bp >= EMPTY,
                "budget_cents": budget.cents,
                "given_cents": stands.used.given.given_cents,
                "promised_cents": stands.used.promised.given_cents,
                "left_cents": max(0, stands.left_cents),
                "runs_out_iso": rfc3339(moment(last, 0)) if last else "",
                "link": absolute("desk.discounts", slug=venue.slug, year=budget.year),
            }
            outbox.post("budget_used", person.email, person.language, facts)
            posted += 1
    return posted
