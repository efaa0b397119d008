"""The public holidays, by the Dutch names the calendar knows, in the visitor's language."""

from flask_babel import lazy_gettext as _l

HOLIDAYS = {
    "Nieuwjaarsdag": _l("New Year’s Day"),
    "Goede vrijdag": _l("Good Friday"),
    "Eerste paasdag": _l("Easter Sunday"),
    "Tweede paasdag": _l("Easter Monday"),
    "Koningsdag": _l("King’s Day"),
    "Bevrijdingsdag": _l("Liberation Day"),
    "Hemelvaartsdag": _l("Ascension Day"),
    "Eerste pinksterdag": _l("Whit Sunday"),
    "Tweede pinksterdag": _l("Whit Monday"),
    "Eerste kerstdag": _l("Christmas Day"),
    "Tweede kerstdag": _l("Boxing Day"),
}


def holiday_name(dutch: str) -> str:
    """How the visitor calls a holiday; one that nobody has translated keeps its Dutch name."""
    return str(HOLIDAYS.get(dutch, dutch))
