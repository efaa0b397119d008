"""The proof of each discount: the recognition that counted, with its evidence, and who decided the card.

A booking keeps the standing by which it was priced, and not which recognition gave it. That
follows from what was decided before the booking was made: recognitions are ended and never taken
away, so what is found here stays the same.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import ALONE
from buurthuis.discounts.queries import Asked, bookings_behind
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.tariffs import LineKind
from buurthuis.tariffs.applications.models import Application
from buurthuis.tariffs.models import RateCard, Recognition
from buurthuis.venues.decisions import Decision


@dataclass(frozen=True, slots=True)
class Proof:
    """One booking with all that proves its discount.

    `decider` decided the recognition, and `evidence` is what the group showed when it asked.
    """

    booking: Row[*tuple[Any, ...]]
    recognition: Recognition | None
    decider: str
    evidence: str
    decision: Decision | None

    @property
    def charged_cents(self) -> Cents:
        """What was charged for the room, without VAT."""
        charged: Cents = self.booking.list_cents - self.booking.given_cents
        return charged

    @property
    def reasons(self) -> list[str]:
        """The codes of the reasons for the discount, as they were frozen."""
        lines = [each for each in self.booking.price_lines if each["kind"] == LineKind.DISCOUNT]
        return list(dict.fromkeys(each["name"] or self.booking.price_reason for each in lines))


def proofs(asked: Asked, *, first: int = 0, count: int | None = None) -> list[Proof]:
    """The bookings behind the sums with their proof, in the order of the clock; five statements."""
    rows = bookings_behind(asked, first=first, count=count)
    recognitions = _recognitions({row.initiative_id for row in rows})
    deciders = _names({each.decided_by_id for of in recognitions.values() for each in of})
    evidence = _evidence({each.id for of in recognitions.values() for each in of})
    decisions = _decisions({row.rate_card_id for row in rows})
    found = []
    for row in rows:
        counted = _that_counted(row, recognitions.get(row.initiative_id, ()))
        decider = deciders.get(counted.decided_by_id, "") if counted else ""
        shown = evidence.get(counted.id, "") if counted else ""
        found.append(Proof(row, counted, decider, shown, decisions.get(row.rate_card_id)))
    return found


def _that_counted(row: Row[*tuple[Any, ...]], known: Sequence[Recognition]) -> Recognition | None:
    """The recognition by which a booking got its standing.

    What the house recognised itself comes before what the union did, and among equals the latest
    decision; one that was ended before the day only where there is no other.
    """
    day = day_of(row.from_at)
    could = [each for each in known if _could_count(each, row, day)]
    return max(could, key=lambda each: _weight(each, day, row.created_at), default=None)


def _could_count(each: Recognition, row: Row[*tuple[Any, ...]], day: date) -> bool:
    is_here = each.venue_id in (None, row.venue_id)
    is_for_it = each.kind == row.standing and each.purpose in (None, row.purpose)
    return is_here and is_for_it and each.valid_from <= day


def _weight(each: Recognition, day: date, made_at: datetime) -> tuple[Any, ...]:
    holds = each.valid_to is None or each.valid_to >= day
    was_known = each.decided_at <= made_at
    closeness = each.venue_id is not None, each.purpose is not None
    return was_known, holds, *closeness, each.valid_from, each.id


def _recognitions(initiative_ids: Collection[int]) -> dict[int, list[Recognition]]:
    found: dict[int, list[Recognition]] = {}
    asked = select(Recognition).where(Recognition.initiative_id.in_(initiative_ids))
    for each in db.session.scalars(asked.order_by(Recognition.decided_at, Recognition.id)):
        found.setdefault(each.initiative_id, []).append(each)
    return found


def _names(person_ids: Iterable[int | None]) -> dict[int | None, str]:
    asked = select(Person).where(Person.id.in_({each for each in person_ids if each}))
    return {each.id: each.name for each in db.session.scalars(asked.options(*ALONE))}


def _evidence(recognition_ids: Collection[int]) -> dict[int, str]:
    asked = select(Application.recognition_id, Application.evidence).where(
        Application.recognition_id.in_(recognition_ids)
    )
    return {each.recognition_id: each.evidence for each in db.session.execute(asked)}


def _decisions(card_ids: Iterable[int | None]) -> dict[int | None, Decision]:
    asked = (
        select(RateCard.id, Decision)
        .join(Decision, Decision.id == RateCard.decision_id)
        .where(RateCard.id.in_({each for each in card_ids if each}))
    )
    return {each.id: each.Decision for each in db.session.execute(asked)}
