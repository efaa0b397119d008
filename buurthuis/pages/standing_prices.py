"""What a group would pay in the rooms of a house, were it recognised: an evening of three hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from buurthuis.accounts.models import Initiative
from buurthuis.rules.calendar import moment
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose, StandingCode
from buurthuis.rules.tariffs import NoRate
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.queries import priced_by
from buurthuis.venues.models import Room

EVENING = (19 * 60, 22 * 60)
TUESDAY = 1


@dataclass(frozen=True, slots=True)
class Example:
    """One room: what everybody pays for an evening, and what this group pays, VAT included."""

    room: Room
    normal_cents: Cents
    pays_cents: Cents


def an_evening(today: date) -> Period:
    """The Tuesday evening of next week."""
    day = today + timedelta(days=7 + (TUESDAY - today.weekday()) % 7)
    return Period(moment(day, EVENING[0]), moment(day, EVENING[1]))


def examples(
    rooms: Sequence[Room],
    card: RateCard | None,
    initiative: Initiative,
    standing: StandingCode | None,
    today: date,
) -> list[Example]:
    """An evening in each room that the card sells then, for a group with this standing."""
    found = []
    for room in rooms:
        try:
            priced = priced_by(
                card,
                room,
                an_evening(today),
                initiative=initiative,
                standing=standing,
                purpose=Purpose.MEETING,
            )
        except NoRate:
            continue
        found.append(Example(room, priced.quote.normal_cents, priced.quote.total_cents))
    return found
