"""How activities are told of: for whom, in which languages, and what it costs."""

from collections.abc import Iterable
from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.activities.agenda import Entry
from buurthuis.activities.models import ForWhom, Spoken
from buurthuis.foundation.speech import language_here

MOST_IN_SHORT = 5
FOR_WHOM: dict[ForWhom, Any] = {
    ForWhom.EVERYBODY: _l("Everybody"),
    ForWhom.CHILDREN: _l("Children"),
    ForWhom.YOUNG: _l("Young people"),
    ForWhom.FAMILIES: _l("Parents with children"),
    ForWhom.WOMEN: _l("Women"),
    ForWhom.OLDER: _l("People over 55"),
}
ENTRY: dict[Entry, Any] = {
    Entry.SEATS: _l("There are seats left"),
    Entry.OPEN: _l("You can just come"),
}


def language_name(language: Spoken) -> str:
    """The name of a language, in the language of who reads."""
    if language is Spoken.BER:
        return _("Berber (Tamazight)")
    return str(Locale.parse(language_here()).languages[language])


def spoken_words(languages: Iterable[Spoken], more: str) -> str:
    """All languages in one line: those that were ticked, and what was written besides."""
    return ", ".join(_names(languages, more))


def spoken_in_short(languages: Iterable[Spoken], more: str) -> str:
    """The first of many languages, and how many there are besides."""
    names = _names(languages, more)
    if len(names) <= MOST_IN_SHORT:
        return ", ".join(names)
    told = ", ".join(names[: MOST_IN_SHORT - 1])
    return _(
        "%(languages)s and %(count)s more", languages=told, count=len(names) - MOST_IN_SHORT + 1
    )


def _names(languages: Iterable[Spoken], more: str) -> list[str]:
    return [*map(language_name, languages), *([more] if more else [])]
