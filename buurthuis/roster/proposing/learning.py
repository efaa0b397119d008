"""Who comes along to learn: only with their own mentor, on what the mentor does."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from buurthuis.roster.proposing.model import Instance, Shift, Taker


def learners(instance: Instance, placed: Mapping[Shift, int]) -> dict[str, tuple[int, ...]]:
    """For each shift who learns it, one at most; first those that end first.

    A learner comes along as often in a week as they want shifts, and does nothing else meanwhile.
    """
    found: dict[str, tuple[int, ...]] = {}
    for learner in sorted(instance.people, key=lambda person: person.id):
        if not learner.learns:
            continue
        own = [shift for shift, person in placed.items() if person == learner.id]
        busy, week = (
            [*learner.fixed, *own],
            Counter(shift.week for shift in own) + Counter(learner.held),
        )
        for shift in sorted(_of_mentors(instance, learner, placed), key=_by_end):
            is_full = shift.id in found or week[shift.week] >= learner.most_a_week
            if is_full or any(instance.clash(shift, other) for other in busy):
                continue
            found[shift.id] = (learner.id,)
            busy.append(shift)
            week[shift.week] += 1
    return found


def _of_mentors(instance: Instance, learner: Taker, placed: Mapping[Shift, int]) -> Iterator[Shift]:
    """What the mentors of somebody do, where and when these could come along."""
    does = defaultdict(list)
    for shift, person in placed.items():
        does[person].append(shift)
    for taker in instance.people:
        does[taker.id] += taker.fixed
    for house, mentor in sorted(learner.learns.items()):
        for shift in does[mentor]:
            if shift.house == house and shift.id in learner.may_join:
                yield shift


def _by_end(shift: Shift) -> tuple[object, ...]:
    return (shift.period.end, shift.period.start, shift.id)
