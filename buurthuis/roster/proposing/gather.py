"""Reading what a proposal is asked: the open shifts of a house, who is there for them, and what they did."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from sqlalchemy import func, select

from buurthuis.foundation.db import db
from buurthuis.roster.fitness import fitness_of, task_of
from buurthuis.roster.models import Chosen, Duty, DutyStatus
from buurthuis.roster.proposing.asking import Asked, Before, Wanted, instance_of
from buurthuis.roster.proposing.model import Instance
from buurthuis.roster.reading import SeenShift, is_draft, roster_of
from buurthuis.rules.calendar import day_of, moment_forgiving
from buurthuis.rules.eligibility import NOBODY_NEAR, Fitness
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Venue

WEEKS_BEFORE: Final = 8
"""So many weeks somebody did much, or little, count in what is fair now."""

DONE: Final = (DutyStatus.TAKEN, DutyStatus.DONE)
STAYS: Final = (Chosen.SELF, Chosen.COVER, Chosen.SWAP)
"""What people chose themselves is never moved."""


@dataclass(frozen=True)
class Gathered:
    """The open shifts of a house in some days, and what a proposal for them is asked.

    `taken` are those that somebody has and nobody learns yet; `drafts` are earlier proposals that
    nobody has been told of.
    """

    venue: Venue
    first: date
    last: date
    shifts: dict[str, SeenShift]
    taken: dict[str, SeenShift]
    drafts: list[Duty]
    asked: Asked

    @cached_property
    def instance(self) -> Instance:
        """What the proposal is asked."""
        return instance_of(self.asked)

    @property
    def names(self) -> dict[int, str]:
        """What everybody is called."""
        return {each.person: each.name for each in self.asked.people}


def span_of(first: date, last: date) -> Period:
    """The time of these days, both included."""
    return Period(moment_forgiving(first, 0), moment_forgiving(last + timedelta(days=1), 0))


def gather(
    venue: Venue, first: date, last: date, *, now: datetime, may_move: bool = False
) -> Gathered:
    """What there is to propose for a house from one day to another, both included.

    Shifts that begin later than now and have nobody, or somebody whom only an earlier proposal
    put there. With `may_move` also those that somebody was given and did not choose: whoever has
    one had better keep it. The number of statements is the same for however many days and people.
    """
    span = span_of(first, last)
    seen = roster_of([venue.id], span, now, drafts=True).shifts
    coming = [each for each in seen if each.period.start >= max(span.start, now)]
    wanted = {each.id: each for each in coming if _is_wanted(each, may_move=may_move)}
    taken = {each.id: each for each in coming if each.id not in wanted and not _is_learned(each)}
    drafts = [duty for each in coming for duty in _drafts_on(each)]
    return Gathered(
        venue=venue,
        first=first,
        last=last,
        shifts=wanted,
        taken=taken,
        drafts=drafts,
        asked=_asked(venue, span, wanted, taken, {duty.id for duty in drafts}),
    )


def _is_wanted(shift: SeenShift, *, may_move: bool) -> bool:
    holder = shift.holder
    if holder is None or _is_replaced(holder):
        return True
    return may_move and holder.status is DutyStatus.TAKEN and holder.chosen not in STAYS


def _is_replaced(duty: Duty) -> bool:
    """A proposal that nobody knows of; what a coordinator chose by hand stays."""
    return is_draft(duty) and duty.chosen is Chosen.PROPOSAL


def _is_learned(shift: SeenShift) -> bool:
    return any(not _is_replaced(each) for each in shift.learners)


def _drafts_on(shift: SeenShift) -> Iterator[Duty]:
    for duty in (shift.holder, *shift.learners):
        if duty is not None and _is_replaced(duty):
            yield duty


def _asked(
    venue: Venue,
    span: Period,
    wanted: dict[str, SeenShift],
    taken: dict[str, SeenShift],
    replaced: set[int],
) -> Asked:
    people = [_without(each, replaced) for each in fitness_of([venue.id], span)]
    held = {each.holder.id: each.id for each in taken.values() if each.holder}
    standing = {
        id_: shift.holder.person_id
        for id_, shift in wanted.items()
        if shift.holder is not None and not is_draft(shift.holder)
    }
    weeks = _weeks(span)
    return Asked(
        wanted=[Wanted(id_, task_of(shift), shift.place) for id_, shift in wanted.items()],
        people=people,
        weeks=weeks,
        around=people[0].around if people else NOBODY_NEAR,
        held=held,
        before=_before(people, weeks[0]),
        standing=standing,
    )


def _without(person: Fitness, replaced: set[int]) -> Fitness:
    kept = tuple(each for each in person.proposed if each.duty not in replaced)
    return replace(person, proposed=kept)


def _weeks(span: Period) -> list[date]:
    """The Mondays of the weeks that lie in a span, wholly or not."""
    first, last = day_of(span.start), day_of(span.end - timedelta(minutes=1))
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(weeks=week) for week in range((last - monday).days // 7 + 1)]


def _before(people: Iterable[Fitness], monday: date) -> dict[int, Before]:
    """What people did in the weeks before, as far as they knew a house then."""
    start = moment_forgiving(monday - timedelta(weeks=WEEKS_BEFORE), 0)
    asked = (
        select(Duty.person_id, func.count())
        .where(
            Duty.person_id.in_([each.person for each in people]),
            Duty.part == Part.HOLDER,
            Duty.status.in_(DONE),
            Duty.starts_at >= start,
            Duty.starts_at < moment_forgiving(monday, 0),
        )
        .group_by(Duty.person_id)
    )
    done = Counter({person: int(count) for person, count in db.session.execute(asked)})
    return {each.person: Before(done[each.person], _weeks_known(each, monday)) for each in people}


def _weeks_known(person: Fitness, monday: date) -> int:
    """For how many of the last weeks somebody could have been asked."""
    since = [house.trained_on for house in person.houses.values() if house.trained_on]
    weeks = (monday - min(since)).days // 7 if since else 0
    return max(0, min(WEEKS_BEFORE, weeks))
