"""Calls about shifts: what there is to do in the houses, and who does it."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Final

from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.api.answers import Answer, time_answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.paging import page, page_from
from buurthuis.api.shapes import SHIFTS
from buurthuis.api.values import Asked
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand, may, needs, signed_in, visitor
from buurthuis.foundation.errors import Invalid, NotFound
from buurthuis.roster.models import Duty
from buurthuis.roster.reading import Roster, SeenShift, ShiftStatus, roster_of, shift_by_id
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import ShiftName
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues, venue_by_slug

USUAL_SPAN: Final = timedelta(weeks=4)
LONGEST_SPAN: Final = timedelta(days=366)

Told = tuple[datetime, str, Answer]


@blueprint.get("/shifts")
@signed_in
@described(
    Call(
        "What there is to do in the houses where I am on the roster, in the order of time.",
        "Shifts",
        query=SHIFTS,
        refusals=("invalid", "not-found"),
    )
)
def shifts(asked: Asked) -> Answer:
    """Also what is not needed any more since a day before its time."""
    person: Person = visitor()
    if "venue" in asked:
        houses = [venue_by_slug(asked["venue"])]
        demand(person, "roster.see", houses[0])
    else:
        houses = [each for each in all_venues() if may(person, "roster.see", each)]
    found = page_from(_told(houses, _span(asked), person), asked, key=_id)
    return page(found, asked, draw=lambda told: told, key=_id)


def asked_shift(shift_id: str) -> SeenShift:
    """The shift in the address, as whoever asks may see it.

    Raises:
        NotFound
    """
    found = shift_by_id(shift_id, clock.now(), drafts=True)
    if found is None:
        raise NotFound(shift=shift_id)
    if may(visitor(), "roster.manage", found.venue):
        return found
    return shift_by_id(shift_id, clock.now()) or found


@blueprint.get("/shifts/<shift_id>")
@needs("shift.see", asked_shift)
@described(
    Call("One shift, as it follows from the bookings now.", "Shift", refusals=("not-found",))
)
def shift(found: SeenShift) -> Answer:
    """Its id stays the same while somebody holds it."""
    return shift_answer(found)


def shift_answer(shift: SeenShift) -> Answer:
    """A shift, and who does it."""
    return {
        "id": shift.id,
        "venue": shift.venue.slug,
        "kind": shift.kind,
        **time_answer(shift.period),
        "holder": None if shift.holder is None else str(shift.holder.person_id),
        "status": shift.status,
        "session": {"id": str(shift.session.key), **time_answer(shift.session.period)},
    }


def _freed_answer(duty: Duty, house: Venue) -> Answer:
    """A promise that is not needed any more, as it was told."""
    period = Period(duty.starts_at, duty.ends_at)
    return {
        "id": ShiftName(duty.session_id, duty.kind, duty.watch, duty.place).text,
        "venue": house.slug,
        "kind": duty.kind,
        **time_answer(period),
        "holder": str(duty.person_id),
        "status": ShiftStatus.NOT_NEEDED,
        "session": {"id": str(duty.session_id), **time_answer(period)},
    }


def _told(houses: Collection[Venue], span: Period, person: Person) -> list[Answer]:
    """The shifts of these houses; proposals only where the person plans the roster."""
    planned = [each for each in houses if may(person, "roster.manage", each)]
    others = [each for each in houses if each not in planned]
    told: list[Told] = []
    for some, drafts in ((planned, True), (others, False)):
        if some:
            roster = roster_of([each.id for each in some], span, clock.now(), drafts=drafts)
            told += _answers(roster, {each.id: each for each in some})
    return [answer for _start, _key, answer in sorted(told, key=lambda each: each[:2])]


def _answers(roster: Roster, houses: dict[int, Venue]) -> Iterator[Told]:
    """Each shift with when it starts and its id; what is not needed any more has an id only it has."""
    known = set()
    for shift in roster.shifts:
        known.add(shift.id)
        yield shift.period.start, shift.id, shift_answer(shift)
    for duty in roster.not_needed:
        freed = _freed_answer(duty, houses[duty.venue_id])
        if freed["id"] not in known:
            known.add(freed["id"])
            yield duty.starts_at, freed["id"], freed


def _span(asked: Asked) -> Period:
    """The time that was asked about.

    Raises:
        Invalid: it ends before it starts, or is too long.
    """
    start = asked.get("from") or clock.now()
    end = asked.get("to") or start + USUAL_SPAN
    if end <= start:
        raise Invalid({"to": [_("Write an end after the start.")]})
    if end - start > LONGEST_SPAN:
        raise Invalid({"to": [_("Ask for a year at most. Choose an earlier end.")]})
    return Period(start, end)


def _id(answer: Answer) -> str:
    return str(answer["id"])
