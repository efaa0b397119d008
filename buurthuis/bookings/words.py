"""The words for what a booking is for."""

from flask_babel import lazy_gettext as _l

from buurthuis.rules.standing import Purpose

PURPOSES = {
    Purpose.MEETING: _l("Meeting"),
    Purpose.COURSE: _l("Course"),
    Purpose.CULTURE: _l("Culture"),
    Purpose.SPORT: _l("Sport"),
    Purpose.CARE: _l("Care"),
    Purpose.FOOD: _l("Food"),
    Purpose.WORK: _l("Work"),
    Purpose.PARTY: _l("Party"),
    Purpose.OTHER: _l("Something else"),
}
