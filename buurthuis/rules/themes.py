"""What an activity contributes to: one main theme, said of a booking or a series, never of a person."""

from enum import StrEnum


class Theme(StrEnum):
    """The themes; the words are public. An activity has one, so that visits per theme add up."""

    MEETING = "meeting"
    LEARNING = "learning"
    HEALTH = "health"
    WORK = "work"
    CULTURE = "culture"
    FOOD = "food"
    GREEN = "green"
    HELP = "help"
    SAY = "say"
