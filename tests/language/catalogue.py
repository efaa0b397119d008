"""The words as the sources speak them, as the Dutch catalogue has them, and cut into sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from buurthuis.foundation.settings import CHECKOUT

DUTCH = CHECKOUT / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
# As `make words` gathers them.
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_l", "lazy_gettext"])}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
WORD = re.compile(r"%\(\w+\)[sd]|[\w’'`@.:/+-]*\w[\w’'`@.:/+-]*")
# A full stop within a web address, a number or a name of two capitals ends nothing.
_END = re.compile(r"(?<=[.!?:])(?:[’”)]*)\s+|\n+")


@dataclass(frozen=True)
class Spoken:
    """One message of the sources, with its forms in English and the file it stands in."""

    forms: tuple[str, ...]
    file: str

    @property
    def key(self) -> str:
        """What the catalogue looks it up by."""
        return self.forms[0]


@lru_cache
def spoken() -> list[Spoken]:
    """Every message that the present sources speak."""
    with (CHECKOUT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(CHECKOUT, methods, options, KEYWORDS)
    return [Spoken(forms_of(message), file) for file, _line, message, _notes, _context in found]


@lru_cache
def dutch() -> Catalog:
    """The Dutch catalogue."""
    with DUTCH.open("rb") as file:
        return read_po(file, locale="nl")


def forms_of(message: str | Iterable[str]) -> tuple[str, ...]:
    """A message in all its forms: one, or singular and plural."""
    return (message,) if isinstance(message, str) else tuple(message)


def translations() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """English and Dutch forms of every message of the catalogue."""
    for message in dutch():
        if message.id:
            yield forms_of(message.id), forms_of(message.string)


def sentences(text: str) -> list[str]:
    """A text cut into its sentences; a colon ends one as well, for what follows is read anew."""
    return [part.strip() for part in _END.split(text) if WORD.search(part)]


def words(sentence: str) -> list[str]:
    """The words of a sentence; a placeholder counts as one."""
    return WORD.findall(sentence)
