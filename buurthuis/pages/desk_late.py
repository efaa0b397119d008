"""What waits too long for an answer, as far as whoever stands at the desk has to see it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.overdue import Unanswered, unanswered
from buurthuis.bookings.rights import manages
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_queries import Line
from buurthuis.rules.answers import late_since, overdue_since
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class LateList:
    """What waits too long: for a manager after the term of the house, for a coordinator after twice that."""

    line: Line = field(default_factory=Line)
    waiting: list[Unanswered] = field(default_factory=list)

    @classmethod
    def of(cls, person: Person, venue: Venue, now: datetime) -> Self:
        """What this person has to see; without anything late only the line is counted."""
        within = venue.answer_within_hours
        if manages(person, venue):
            since = late_since(now=now, within_hours=within)
        elif has_role(person, RoleName.COORDINATOR, venue_id=venue.id):
            since = overdue_since(now=now, within_hours=within)
        else:
            return cls()
        line = desk_queries.line_of(venue)
        if line.oldest is None or line.oldest > since:
            return cls(line)
        return cls(line, unanswered(venue, since=since, now=now))
