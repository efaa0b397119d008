"""Themes in words: what each is called, and what one may think of."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from buurthuis.rules.themes import Theme

THEMES: Final[dict[Theme, Any]] = {
    Theme.MEETING: _l("Meeting people"),
    Theme.LEARNING: _l("Learning"),
    Theme.HEALTH: _l("Health"),
    Theme.WORK: _l("Work"),
    Theme.CULTURE: _l("Culture"),
    Theme.FOOD: _l("Food"),
    Theme.GREEN: _l("Green"),
    Theme.HELP: _l("Helping each other"),
    Theme.SAY: _l("Having a say"),
}
HINTS: Final[dict[Theme, Any]] = {
    Theme.MEETING: _l("Drinking coffee, playing cards, a party"),
    Theme.LEARNING: _l("A course, a language, homework"),
    Theme.HEALTH: _l("Sport, care, being outdoors"),
    Theme.WORK: _l("Finding a job, starting a business"),
    Theme.CULTURE: _l("Music, theatre, making things"),
    Theme.FOOD: _l("Cooking and eating together"),
    Theme.GREEN: _l("A garden, repairing, using less"),
    Theme.HELP: _l("Help with letters, money or the house"),
    Theme.SAY: _l("Deciding about the neighbourhood"),
}
