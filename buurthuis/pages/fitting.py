"""Which of the free rooms comes first: what serves the purpose, then what is not too large."""

from collections.abc import Collection

from buurthuis.rules.standing import Purpose
from buurthuis.venues.models import Feature

# Anything can be done in most rooms; these were fitted out for something.
MADE_FOR = {
    Feature.KITCHEN: {Purpose.FOOD},
    Feature.SPORTS_FLOOR: {Purpose.SPORT, Purpose.CULTURE},
}


def place_in_line(
    features: Collection[Feature], capacity: int, *, purpose: Purpose, people: int | None
) -> tuple[int, int]:
    """Where a room stands among those that are free; the lowest comes first.

    A kitchen is the best place to cook and the last one to meet in. Among equals the smallest
    room comes first, so that large rooms stay free for large groups; who does not say how many
    they are gets the order of the houses.
    """
    made_for = [MADE_FOR[feature] for feature in features if feature in MADE_FOR]
    is_right = any(purpose in purposes for purposes in made_for)
    line = 0 if is_right else 2 if made_for else 1
    return line, capacity if people else 0
