"""The versions of a year as the page shows them: who wrote what when, and the way to use one again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.evidence.year.models import Target, Written, YearMoney, YearWords
from buurthuis.evidence.year.versions import Yearly
from buurthuis.evidence.year.words import MONEY, WORDS
from buurthuis.foundation.access import may, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.formatting import euros
from buurthuis.pages.year.results import target_words
from buurthuis.rules.targets import AIMS
from buurthuis.statistics.words import label

KINDS: Final[dict[str, type[Yearly]]] = {
    "money": YearMoney,
    "words": YearWords,
    "targets": Target,
}
"""What stands in the address of a version."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One version as a line; `again` is where one lets it count again, empty where one does not."""

    at: datetime
    who: str
    what: str
    says: str
    again: str
    is_newest: bool


def shown_versions(versions: Sequence[Yearly], slug: str) -> list[Shown]:
    """The versions of a house and year, the newest first."""
    names = names_of(versions)
    newest: set[tuple[object, ...]] = set()
    lines = []
    for each in versions:
        subject = (type(each), *each.key)
        lines.append(
            Shown(
                each.made_at,
                names.get(each.made_by_id or 0, _("the house")),
                _subject(each),
                _says(each),
                "" if subject not in newest else _again(each, slug),
                subject not in newest,
            )
        )
        newest.add(subject)
    return lines


def facts_of(versions: Iterable[Yearly]) -> list[tuple[str, str]]:
    """What stands of these versions, for who only reads."""
    return [(_subject(each), _says(each)) for each in versions if not each.is_taken_back]


def told(version: Yearly) -> str:
    """A version in one line."""
    return f"{_subject(version)}: {_says(version)}"


def names_of(versions: Iterable[Written]) -> dict[int, str]:
    """Who wrote versions, by number."""
    ids = {each.made_by_id for each in versions if each.made_by_id is not None}
    asked = select(Person.id, Person.name).where(Person.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(asked)} if ids else {}


def _subject(version: Yearly) -> str:
    if isinstance(version, YearMoney):
        return str(MONEY[version.kind])
    if isinstance(version, YearWords):
        return str(WORDS[version.kind])
    return label(version.code)


def _says(version: Yearly) -> str:
    if version.is_taken_back:
        return _("taken back")
    if isinstance(version, YearMoney):
        return _(
            "%(amount)s, from %(source)s", amount=euros(version.cents or 0), source=version.source
        )
    if isinstance(version, YearWords):
        return version.text
    if version.code not in AIMS or version.value is None:
        return str(version.value)
    return target_words(version.code, version.value)


def _again(version: Yearly, slug: str) -> str:
    if not may(visitor(), "version.again", version):
        return ""
    what = next(name for name, kind in KINDS.items() if kind is type(version))
    here: dict[str, Any] = {
        "year": version.year,
        "slug": slug,
        "what": what,
        "version_id": version.id,
    }
    return url_for("year.write_again", **here)
