"""How a house wants to be opened and closed: read from its file, written to it, and stored."""

from dataclasses import asdict, dataclass, fields

from tomlkit.items import Table as TomlTable

from buurthuis.foundation.db import db
from buurthuis.imports.table import Table
from buurthuis.imports.values import clock_from, filled_table
from buurthuis.roster.models import RosterRules
from buurthuis.rules.calendar import MINUTES_A_DAY
from buurthuis.rules.sessions import CutAt
from buurthuis.venues.models import Venue

MOST_LEAD = 240
MOST_HAND_OVER = 120
SHORTEST_STAY = 60
MOST_PEOPLE = 2


@dataclass(frozen=True, slots=True)
class HouseRoster:
    """What a house says about its roster; no `longest_minutes`: one person may stay all day."""

    lead_in_minutes: int = 15
    lead_out_minutes: int = 15
    longest_minutes: int | None = None
    cut_at: CutAt = CutAt.GAP
    hand_over_minutes: int = 15
    openers: int = 1
    closers: int = 1
    hosts: int = 0
    rest_minutes: int = 600
    late_minute: int = 22 * 60


USUAL = HouseRoster()


def read_roster(table: Table) -> HouseRoster:
    """How the house wants to be opened and closed."""
    people = {
        name: table.whole(name, getattr(USUAL, name), least=0, most=MOST_PEOPLE)
        for name in ("openers", "closers", "hosts")
    }
    if not any(people.values()):
        table.note("openers", "out_of_range", least=1, most=MOST_PEOPLE)
    longest = None
    if table.has("longest_minutes"):
        longest = table.whole(
            "longest_minutes", SHORTEST_STAY, least=SHORTEST_STAY, most=MINUTES_A_DAY
        )
    late = table.clock("late_from")
    found = HouseRoster(
        lead_in_minutes=table.whole("lead_in_minutes", 15, least=0, most=MOST_LEAD),
        lead_out_minutes=table.whole("lead_out_minutes", 15, least=0, most=MOST_LEAD),
        longest_minutes=longest,
        cut_at=table.choice("cut_at", CutAt) or CutAt.GAP,
        hand_over_minutes=table.whole("hand_over_minutes", 15, least=0, most=MOST_HAND_OVER),
        rest_minutes=table.whole("rest_minutes", 600, least=0, most=MINUTES_A_DAY),
        late_minute=USUAL.late_minute if late is None else late,
        **people,
    )
    table.close()
    return found


def roster_table(roster: HouseRoster) -> TomlTable:
    """The same as it stands in a house file."""
    values = asdict(roster)
    late = values.pop("late_minute")
    values |= {"cut_at": roster.cut_at.value, "late_from": clock_from(0, late)}
    return filled_table(values)


def stored_roster(venue: Venue) -> HouseRoster:
    """What is stored of a house."""
    row = db.session.get(RosterRules, venue.id)
    if row is None:
        return USUAL
    return HouseRoster(**{each.name: getattr(row, each.name) for each in fields(HouseRoster)})


def store_roster(venue: Venue, roster: HouseRoster) -> None:
    """Store how a house wants it; a house that wants it as usual has no row."""
    row = db.session.get(RosterRules, venue.id)
    if roster == USUAL:
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        row = RosterRules(venue_id=venue.id)
        db.session.add(row)
    for each in fields(HouseRoster):
        setattr(row, each.name, getattr(roster, each.name))
