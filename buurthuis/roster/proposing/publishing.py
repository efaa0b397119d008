"""Publishing a proposal: from then on its shifts are promises, and everybody gets one letter with theirs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock, outbox
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.links import absolute
from buurthuis.foundation.logbook import note, note_each
from buurthuis.roster.cover import steps as cover_steps
from buurthuis.roster.cover.models import News
from buurthuis.roster.duties.letters import owe_a_call
from buurthuis.roster.duties.steps import lock_people
from buurthuis.roster.fitness import fitness_of, task_of
from buurthuis.roster.models import Duty, DutyBooking, DutyStatus
from buurthuis.roster.proposing.drafts import drafts_of
from buurthuis.roster.reading import SeenShift, roster_of
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.eligibility import Fitness, hard, hindrances
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Published:
    """What people were told, and how many shifts are open again since the proposal was made."""

    duties: Sequence[Duty]
    left_out: int

    @property
    def people(self) -> int:
        """How many people have a shift by it."""
        return len({duty.person_id for duty in self.duties})


@action
def publish(venue: Venue, *, by: Person) -> Published:
    """Tell everybody which shifts of a proposal are theirs.

    What somebody cannot do any more, or nobody needs, is left out and open again.
    """
    demand(by, "roster.manage", venue)
    lock_people(*{duty.person_id for duty in drafts_of(venue)})
    now, drafts = clock.now(), drafts_of(venue)
    if not drafts:
        return Published([], 0)
    kept = list(_still_good(venue, drafts, now))
    told = {duty.id for duty, _ in kept}
    for duty in drafts:
        if duty.id not in told:
            db.session.delete(duty)
    for duty, shift in kept:
        _becomes_a_promise(duty, shift, now)
    db.session.flush()
    for duty, shift in kept:
        if duty.part is Part.HOLDER:
            cover_steps.close_calls_for(shift, duty, now)
    _tell(venue, [duty for duty, _ in kept], by)
    facts = ((duty, {"person": duty.person_id, "kind": duty.kind}) for duty, _ in kept)
    note_each("duty.published", facts, by=by)
    note("roster.published", venue, by=by, venue_id=venue.id, shifts=len(kept))
    return Published([duty for duty, _ in kept], len(drafts) - len(kept))


def _still_good(
    venue: Venue, drafts: Sequence[Duty], now: datetime
) -> Iterator[tuple[Duty, SeenShift]]:
    """Each draft with its shift as it is now, where its person may still do it."""
    day = timedelta(days=1)
    span = Period(drafts[0].starts_at - day, max(duty.ends_at for duty in drafts) + day)
    shifts = _by_duty(roster_of([venue.id], span, now, drafts=True).shifts)
    ids = {duty.person_id for duty in drafts}
    people = {each.person: each for each in fitness_of([venue.id], span, people=ids)}
    for duty in drafts:
        shift, person = shifts.get(duty.id), people.get(duty.person_id)
        if shift is not None and person is not None and _may(person, duty, shift):
            yield duty, shift


def _by_duty(shifts: Iterable[SeenShift]) -> dict[int, SeenShift]:
    return {
        duty.id: shift
        for shift in shifts
        for duty in (shift.holder, *shift.learners)
        if duty is not None
    }


def _may(person: Fitness, duty: Duty, shift: SeenShift) -> bool:
    """Whether nothing stands in the way that holds for everybody."""
    theirs = [each for each in (*person.promised, *person.proposed) if each.duty != duty.id]
    return not hard(hindrances(person, task_of(shift, duty.part), theirs))


def _becomes_a_promise(duty: Duty, shift: SeenShift, now: datetime) -> None:
    duty.status = DutyStatus.TAKEN
    duty.published_at = duty.told_at = now
    duty.starts_at, duty.ends_at = shift.period.start, shift.period.end
    remembered = {each.booking_id: each for each in duty.bookings}
    duty.bookings = [
        remembered.get(booking) or DutyBooking(booking_id=booking)
        for booking in shift.session.bookings
    ]


def _tell(venue: Venue, duties: Iterable[Duty], by: Person) -> None:
    """One letter for each person, or a call where somebody has no e-mail."""
    of_person: dict[Person, list[Duty]] = defaultdict(list)
    for duty in duties:
        of_person[duty.person].append(duty)
    for person, theirs in of_person.items():
        if person.email and person.id != by.id:
            facts = _facts(venue, theirs) | {"person_name": person.name, "by_name": by.name}
            outbox.post("roster_published", person.email, person.language, facts)
        elif not person.email:
            for duty in theirs:
                owe_a_call(person, duty, News.GIVEN)


def _facts(venue: Venue, duties: Iterable[Duty]) -> dict[str, object]:
    return {
        "venue_name": venue.name,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
        "venue_address": venue.address,
        "shifts": [
            {
                "kind": duty.kind,
                "part": duty.part,
                "from_iso": rfc3339(duty.starts_at),
                "to_iso": rfc3339(duty.ends_at),
            }
            for duty in duties
        ],
        "link": absolute("roster.mine"),
    }
