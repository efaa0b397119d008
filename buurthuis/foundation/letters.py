"""Letters: plain-text templates that a board member can read, filled with the facts of one deed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_babel import force_locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from buurthuis.foundation import formatting
from buurthuis.foundation.languages import DEFAULT
from buurthuis.foundation.settings import CHECKOUT
from buurthuis.rules.calendar import parse_moment

FOLDER = CHECKOUT / "templates" / "letters"
SUBJECT = "Subject: "

_NAME = re.compile(r"[a-z][a-z_]*", re.ASCII)
_MANY_BLANK_LINES = re.compile(r"\n{3,}")


class NoSuchLetter(LookupError):
    """There is no template of this name."""


class LetterWithoutSubject(ValueError):
    """A template does not open with a line "Subject: …"."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter as it is read: one line on the envelope and the text inside."""

    subject: str
    body: str


def render(template: str, language: str, facts: Mapping[str, Any]) -> Rendered:
    """Write a letter in a language, or in Dutch when nobody has translated it yet.

    `facts` are plain JSON: numbers, words, and moments as RFC 3339 text.

    Raises:
        NoSuchLetter, LetterWithoutSubject
        jinja2.UndefinedError: a fact that the letter needs is missing.
    """
    spoken = language if _file(template, language).is_file() else DEFAULT
    subject, body = _parts(template, spoken)
    with force_locale(spoken):
        written = body.render(facts).strip()
        return Rendered(
            subject=" ".join(subject.render(facts).split()),
            body=_MANY_BLANK_LINES.sub("\n\n", written) + "\n",
        )


def all_templates() -> list[tuple[str, str]]:
    """Every letter the house can write, as (language, name)."""
    return [
        (file.parent.name, file.stem)
        for file in sorted(FOLDER.glob("*/*.txt"))
        if _NAME.fullmatch(file.stem)
    ]


def _file(template: str, language: str) -> Path:
    if not _NAME.fullmatch(template) or not _NAME.fullmatch(language):
        raise NoSuchLetter(template)
    return FOLDER / language / f"{template}.txt"


@lru_cache
def _parts(template: str, language: str) -> tuple[Template, Template]:
    """The subject and the text, apart: a title with a line end cannot leave the subject."""
    try:
        source = _file(template, language).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoSuchLetter(template) from None
    first, _line_end, rest = source.partition("\n")
    if not first.startswith(SUBJECT):
        raise LetterWithoutSubject(f"{language}/{template}")
    paper = _paper()
    return paper.from_string(first.removeprefix(SUBJECT)), paper.from_string(rest)


@lru_cache
def _paper() -> Environment:
    """The table at which letters are written; nothing is escaped, for they are plain text."""
    paper = Environment(  # noqa: S701
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    paper.filters.update(day=_day, clock=_clock, euros=formatting.euros)
    paper.tests["on_the_evening_of"] = _is_on_the_evening_of
    return paper


def _day(iso: str) -> str:
    """Weekday and date in full, always with the year: a letter is kept."""
    return formatting.day(parse_moment(iso), this_year=0)


def _clock(iso: str) -> str:
    return formatting.clock(parse_moment(iso))


def _is_on_the_evening_of(end_iso: str, start_iso: str) -> bool:
    """Does it end on the day on which it starts, the midnight that closes it included?"""
    start, end = parse_moment(start_iso), parse_moment(end_iso)
    return _same_day(start, end) or formatting.end_of_evening(start, end)


def _same_day(start: datetime, end: datetime) -> bool:
    return formatting.day(start, 0) == formatting.day(end, 0)
