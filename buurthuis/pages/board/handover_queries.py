"""Questions for the pack of a new board: how many people have which role, and what was decided."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, or_, select

from buurthuis.accounts.models import Role, RoleName
from buurthuis.foundation.db import db
from buurthuis.venues.decisions import Decision

MOST_DECISIONS: Final = 12


def people_by_role(venue_ids: Collection[int], today: date) -> dict[tuple[int, RoleName], int]:
    """How many people have a role in each house today; who has one over all houses counts under 0."""
    house = func.coalesce(Role.venue_id, 0)
    asked = (
        select(house, Role.name, func.count(func.distinct(Role.person_id)))
        .where(
            or_(Role.venue_id.in_(venue_ids), Role.venue_id.is_(None)),
            or_(Role.until_on.is_(None), Role.until_on >= today),
        )
        .group_by(house, Role.name)
    )
    return {(venue, RoleName(name)): number for venue, name, number in db.session.execute(asked)}


def newest_decisions(venue_ids: Collection[int]) -> Sequence[Decision]:
    """What residents decided last, the newest first."""
    asked = (
        select(Decision)
        .where(or_(Decision.venue_id.in_(venue_ids), Decision.venue_id.is_(None)))
        .order_by(Decision.decided_on.desc(), Decision.id.desc())
        .limit(MOST_DECISIONS)
    )
    return db.session.scalars(asked).all()
