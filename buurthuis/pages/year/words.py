"""What the pages of a year call its steps, and what they say about how a text reads."""

from flask_babel import gettext as _

from buurthuis.evidence.year.models import MoneyKind, WordsKind
from buurthuis.evidence.year.progress import STORIES, TARGETS
from buurthuis.evidence.year.words import MONEY
from buurthuis.rules.few_words import reading_of


def step_words(step: str) -> str:
    """What a step of a year is called."""
    if step in set(MoneyKind):
        return str(MONEY[MoneyKind(step)])
    return {
        WordsKind.STOPS_WITHOUT: _("What stops"),
        TARGETS: _("Targets"),
        STORIES: _("A story"),
    }[step]


def reading_hints(text: str) -> list[str]:
    """What could make a text easier to read, with where to look; nothing where it reads easily."""
    reading = reading_of(text)
    if reading.is_easy:
        return []
    if reading.long_sentence:
        return [_("Long sentence: “%(words)s”. Make it two.", words=reading.long_sentence)]
    if reading.long_word:
        return [_("Long word: “%(word)s”. Is there a shorter one?", word=reading.long_word)]
    return [_("The sentences are rather long. Shorter ones read better.")]
