"""Who claims what time in one space, set-up and turnover included.

A booking needs more than its own time: minutes before it to set up, and minutes after it to clear
and to hand over. Between different initiatives these buffers are sacred. But an initiative does
not hand over to itself: its own next booking may begin inside its own buffer. So the bookings of
one initiative that lie close together share their time out. Together they hold exactly what they
would have held together, and each moment is held by one of them:

    A 10–12 with half an hour turnover, and A 12–13 after it
    wanted    10:00–12:30                12:00–13:30
    held      10:00–12:00                12:00–13:30

The cut lies where the earlier one's buffer ends, or where the later one begins if that is sooner.
When a neighbour goes, sharing out again gives the others back what they wanted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import NamedTuple

from buurthuis.rules.periods import Period


class SelfOverlap(ValueError):
    """Two bookings of one initiative want the same time in the same space."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__(f"Claims {first} and {second} of one owner overlap.")
        self.first = first
        self.second = second


class BufferTooSmall(ValueError):
    """The wanted period does not contain the booking itself."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One booking's claim on a space: its own time, and its time with buffers."""

    key: int
    owner: int | None
    core: Period
    wanted: Period

    def __post_init__(self) -> None:
        if not self.wanted.contains(self.core):
            raise BufferTooSmall(f"Claim {self.key} wants less than its own time.")


class Collision(NamedTuple):
    """Two claims that hold the same time."""

    first: int
    second: int


def with_buffers(
    core: Period, *, setup_minutes: int, teardown_minutes: int, turnover_minutes: int
) -> Period:
    """The time a booking wants: set-up before it, teardown and turnover after it."""
    return core.widened(
        before_minutes=setup_minutes, after_minutes=teardown_minutes + turnover_minutes
    )


def share_out(claims: Sequence[Claim]) -> dict[int, Period]:
    """What each claim holds, by its key.

    Claims without an owner, and claims of different owners, keep what they want, even where
    they collide: to refuse that is the work of the guard in the database.

    Raises:
        SelfOverlap: two bookings of one owner overlap, buffers left out.
    """
    held = {claim.key: claim.wanted for claim in claims if claim.owner is None}
    owned = sorted(
        ((claim.owner, claim) for claim in claims if claim.owner is not None),
        key=lambda pair: (pair[0], pair[1].wanted, pair[1].key),
    )
    for _, pairs in groupby(owned, key=lambda pair: pair[0]):
        for cluster in _clusters(claim for _, claim in pairs):
            held.update(_divide(cluster))
    return held


def collisions(held: dict[int, Period]) -> list[Collision]:
    """The pairs of claims that hold the same time, for a report and for `doctor`."""
    found: list[Collision] = []
    open_claims: list[tuple[int, Period]] = []
    for key, period in sorted(held.items(), key=lambda item: (item[1], item[0])):
        open_claims = [each for each in open_claims if each[1].end > period.start]
        found.extend(Collision(earlier, key) for earlier, _ in open_claims)
        open_claims.append((key, period))
    return found


def _clusters(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims whose wanted periods overlap, directly or by way of others.

    The claims come in the order of the periods they want.
    """
    clusters: list[list[Claim]] = []
    reach: datetime | None = None
    for claim in claims:
        if reach is not None and claim.wanted.start < reach:
            clusters[-1].append(claim)
            reach = max(reach, claim.wanted.end)
        else:
            clusters.append([claim])
            reach = claim.wanted.end
    return clusters


def _divide(cluster: list[Claim]) -> dict[int, Period]:
    """Cut the time that a cluster wants together into one piece for each claim."""
    in_order = sorted(cluster, key=lambda claim: claim.core)
    cuts = [min(claim.wanted.start for claim in in_order)]
    reach = in_order[0].wanted.end
    for earlier, later in pairwise(in_order):
        if earlier.core.overlaps(later.core):
            raise SelfOverlap(earlier.key, later.key)
        reach = max(reach, earlier.wanted.end)
        cuts.append(min(max(reach, earlier.core.end), later.core.start))
    cuts.append(max(claim.wanted.end for claim in in_order))
    return {
        claim.key: Period(start, end)
        for claim, (start, end) in zip(in_order, pairwise(cuts), strict=True)
    }
