"""Which physical spaces a room takes: itself, or those of the rooms it is made of, however deep.

A hall of two halves, of which one can be halved again, takes three spaces. Booking the hall takes
all three; booking a half takes its own, and so they keep each other out.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def spaces_of_room(room: Name, parts: Mapping[Name, Collection[Name]]) -> frozenset[Name]:
    """The spaces of a room, by its id or any other name; `parts` tells of each room of what rooms it is made.

    A room that is made of itself, by way of others, is cut where it closes the ring.
    """
    return _spaces(room, parts, frozenset())


def _spaces(
    room: Name, parts: Mapping[Name, Collection[Name]], above: frozenset[Name]
) -> frozenset[Name]:
    below = [part for part in parts.get(room, ()) if part not in above]
    if not below:
        return frozenset({room})
    return frozenset().union(*(_spaces(part, parts, above | {room}) for part in below))


def spread(people: int | None, capacities: Sequence[int]) -> list[int | None]:
    """How many people each of several rooms gets, in their order: the first is filled first.

    A room that is left over gets None. People who fit nowhere are counted in the last room, so
    that it is found too small. The numbers add up to `people`.
    """
    if people is None:
        return [None] * len(capacities)
    found: list[int | None] = []
    for capacity in capacities:
        here = min(people, capacity)
        found.append(here or None)
        people -= here
    if people and found:
        found[-1] = (found[-1] or 0) + people
    return found
