"""The verb that brings a calendar along: all of it in one transaction, exactly as it was shown."""

from dataclasses import dataclass, replace
from datetime import datetime

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.placing import place_found
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.series.steps import lock_and_clear
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note, note_each
from buurthuis.foundation.pulse import trusting
from buurthuis.foundation.rows import row_of
from buurthuis.imports.bringing.choices import Choices
from buurthuis.imports.bringing.drafting import locked_draft
from buurthuis.imports.bringing.following import cancelled, changed
from buurthuis.imports.bringing.groups import bookers_of
from buurthuis.imports.bringing.looking import look
from buurthuis.imports.bringing.models import CalendarImport, Deed, State
from buurthuis.imports.bringing.plan import ACTS, Fate, Looked, Plan
from buurthuis.imports.bringing.queries import entries_of
from buurthuis.imports.bringing.refusals import NothingToBring, PlanChanged
from buurthuis.imports.bringing.shutting import shut
from buurthuis.imports.bringing.written import Done, keep, keep_why, remind_nobody
from buurthuis.imports.keeping import locked
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where it happens, under the locks: the house, who does it and when, and what was chosen."""

    venue: Venue
    spaces: Spaces
    choices: Choices
    by: Person
    now: datetime


@lets_the_line_move
@action
def bring(import_id: int, *, by: Person, seen: str) -> dict[Deed, int]:
    """Do what was shown of an import (`Plan.seen`), all of it or nothing; gives how often what was done.

    Nobody gets a letter. Bookings go to who speaks for their group, else to who brings them.

    Raises:
        PlanChanged: something else would happen by now.
        NothingToBring: with no entry anything would happen.
        BroughtAlready: it was done before.
        NotFound, NotAllowed: the person does not manage this house.
        and all that placing a booking and closing a house raise.
    """
    venue = locked(row_of(CalendarImport, import_id).venue.slug)
    if venue is None:
        raise NotFound
    found = locked_draft(import_id, by)
    now = clock.now()
    spaces = lock_and_clear(venue.rooms, now)
    scene = _Scene(venue, spaces, Choices.of(found.choices), by, now)
    with trusting():
        plan = look(venue, entries_of(found), scene.choices, now=now, spaces=spaces)
    if plan.seen != seen:
        raise PlanChanged
    if not plan.deeds:
        raise NothingToBring
    done = _carried_out(found, plan, scene)
    keep(found, done, venue)
    keep_why(found, [row for row in plan.rows if row.fate not in ACTS])
    found.state, found.sheet = State.BROUGHT, None
    found.brought_at, found.brought_by_id = now, by.id
    counts = {deed: sum(each.deed is deed for each in done) for deed in Deed}
    told = {str(deed): count for deed, count in counts.items()}
    note("calendar.brought", found, by=by, venue_id=venue.id, **told)
    return counts


def _carried_out(found: CalendarImport, plan: Plan, scene: _Scene) -> list[Done]:
    """First what leaves, then what moves, then what closes, then what is new."""
    of = {fate: [row for row in plan.deeds if row.fate is fate] for fate in Fate}
    groups = _made(plan, scene)
    found.groups = [group.id for group in groups.values()]
    done = cancelled(of[Fate.CANCEL], by=scene.by, now=scene.now)
    done += changed(of[Fate.CHANGE], spaces=scene.spaces, by=scene.by, now=scene.now)
    done += shut(scene.venue, of[Fate.CLOSE], by=scene.by)
    return done + _booked(of[Fate.NEW], groups, scene)


def _made(plan: Plan, scene: _Scene) -> dict[int, Initiative]:
    """The groups that are new, put in the books, by the numbers that they had before."""
    made = {
        group.id: Initiative(name=group.name, kind=group.kind, created_at=scene.now)
        for group in plan.new_groups
    }
    db.session.add_all(made.values())
    db.session.flush()
    for group in made.values():
        note("initiative.made", group, by=scene.by, venue_id=scene.venue.id, kind=group.kind)
    return made


def _booked(rows: list[Looked], groups: dict[int, Initiative], scene: _Scene) -> list[Done]:
    if not rows:
        return []
    by, now = scene.by, scene.now
    found = [row.prospect for row in rows if row.prospect is not None]
    for_whom = [groups.get(each.order.initiative.id, each.order.initiative) for each in found]
    bookers = bookers_of(for_whom)
    ours = [
        replace(each.order, initiative=group, booker=bookers.get(group.id, by))
        for each, group in zip(found, for_whom, strict=True)
    ]
    found = [replace(each, order=order) for each, order in zip(found, ours, strict=True)]
    bookings = place_found(found, by=by, now=now, spaces=scene.spaces)
    remind_nobody([each for each in bookings if each.booked_by_id == by.id])
    note_each("booking.brought", [(each, {}) for each in bookings], by=by)
    return [
        Done(row, Deed.BOOKED, booking=booking) for row, booking in zip(rows, bookings, strict=True)
    ]
