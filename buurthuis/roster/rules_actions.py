"""The verbs of how a house is opened that stand outside its file: groups that open it, and travel times."""

from collections.abc import Mapping
from datetime import date, timedelta

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.roster.models import OwnEntry, Travel, Way
from buurthuis.roster.rules_queries import travel_from
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue


@action
def let_open_itself(
    venue: Venue,
    initiative_id: int,
    way: Way,
    *,
    from_on: date,
    to_on: date | None = None,
    by: Person,
) -> OwnEntry:
    """From a day on a group opens the house itself; what was agreed with it before is replaced.

    Raises:
        NotFound: there is no such group.
        NotAllowed
    """
    demand(by, "roster.manage", venue)
    initiative = db.session.get(Initiative, initiative_id)
    if initiative is None:
        raise NotFound(initiative=initiative_id)
    entry = db.session.get(OwnEntry, (initiative_id, venue.id), with_for_update=True)
    if entry is None:
        entry = OwnEntry(initiative_id=initiative_id, venue_id=venue.id)
        db.session.add(entry)
    entry.way, entry.from_on, entry.to_on = way, from_on, to_on
    entry.decided_by_id, entry.decided_at = by.id, clock.now()
    db.session.flush()
    note("own_entry.begun", initiative, by=by, venue_id=venue.id, way=way)
    return entry


@action
def end_own_entry(venue: Venue, initiative_id: int, *, by: Person) -> None:
    """From today on somebody of the house opens for the group again; twice changes nothing.

    Raises:
        NotFound: the group did not open the house itself.
        NotAllowed
    """
    demand(by, "roster.manage", venue)
    entry = db.session.get(OwnEntry, (initiative_id, venue.id), with_for_update=True)
    if entry is None:
        raise NotFound(initiative=initiative_id)
    today = day_of(clock.now())
    if entry.to_on is not None and entry.to_on < today:
        return
    if entry.from_on >= today:
        db.session.delete(entry)
    else:
        entry.to_on = today - timedelta(days=1)
    note("own_entry.ended", entry.initiative, by=by, venue_id=venue.id)


@action
def set_travel(venue: Venue, minutes: Mapping[int, int | None], *, by: Person) -> None:
    """Say how long people need to other houses, by their ids; None: as long as usual.

    Raises:
        NotAllowed
    """
    demand(by, "roster.manage", venue)
    known = travel_from(venue, for_update=True)
    changed = {other: value for other, value in minutes.items() if _value(known, other) != value}
    for other, value in changed.items():
        row = known.get(other)
        if value is None:
            db.session.delete(row)
        elif row is not None:
            row.minutes = value
        else:
            one, two = sorted((venue.id, other))
            db.session.add(Travel(one_id=one, other_id=two, minutes=value))
    if changed:
        note("travel.changed", venue, by=by, venue_id=venue.id)


def _value(known: Mapping[int, Travel], other: int) -> int | None:
    return known[other].minutes if other in known else None
