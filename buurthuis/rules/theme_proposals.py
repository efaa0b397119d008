"""What an activity is probably for: what its group said before, else what fits what it was booked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from buurthuis.rules.standing import Purpose
from buurthuis.rules.themes import Theme

BY_PURPOSE: Final[Mapping[Purpose, Theme]] = {
    Purpose.MEETING: Theme.MEETING,
    Purpose.COURSE: Theme.LEARNING,
    Purpose.CULTURE: Theme.CULTURE,
    Purpose.SPORT: Theme.HEALTH,
    Purpose.CARE: Theme.HEALTH,
    Purpose.FOOD: Theme.FOOD,
    Purpose.WORK: Theme.WORK,
    Purpose.PARTY: Theme.MEETING,
}
"""A kind of activity that can be anything has no theme here."""


def proposed(purpose: Purpose, said: Sequence[Theme]) -> Theme | None:
    """The theme to propose; it is never stored until somebody says yes to it.

    `said` is what the group said of its other activities: what it said most often goes first, and
    of those it said as often, the one that comes first in the list of themes.
    """
    if not said:
        return BY_PURPOSE.get(purpose)
    counts = Counter(said)
    return max(Theme, key=lambda theme: counts[theme])
