"""Whoever hears no hears what to do instead, in every sentence and in both languages."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import buurthuis
from buurthuis.foundation import errors
from tests.language.catalogue import forms_of, sentences, spoken, translations

TOLD_BY_THE_PAGE = {"NotFound", "NotAllowed", "SignInNeeded", "Invalid", "Busy"}
"""Refusals whose page, form or API problem has words of its own."""

CURE = re.compile(
    r"\b(write|make|choose|use|type|book|send|say|call|ask|look|keep|must|need"
    r"|schrijf|maak|kies|gebruik|typ|reserveer|stuur|bel|vraag|zeg|boek|kijk|houd|moet|geef|vul)\b",
    re.IGNORECASE,
)
NAMED = {
    "line %(line)s": "says where the mistake stands",
    "and %(more)s more": "ends a list",
    "booking %(id)s: %(room)s, %(when)s": "a row of a list",
    "For example: %(near)s.": "follows a cure",
    "Did you mean %(near)s?": "follows a cure",
    "This is not TOML. %(where)s": "the reader of the file says what it expected",
}
"""What stands beside refusals and is none itself."""


def refusing_files() -> list[str]:
    return sorted(
        {each.file for each in spoken() if each.file.endswith(("sentences.py", "problems.py"))}
    )


def refusing() -> Iterator[tuple[str, ...]]:
    files = set(refusing_files())
    yield from (each.forms for each in spoken() if each.file in files and each.key not in NAMED)


def names_a_cure(text: str) -> bool:
    """Two sentences tell what is wrong and what to do; one alone must say what to do."""
    return len(sentences(text)) > 1 or CURE.search(text) is not None


def test_every_feature_that_refuses_is_read():
    assert {file.split("/")[1] for file in refusing_files()} >= {
        "accounts",
        "api",
        "bookings",
        "imports",
        "tariffs",
    }


@pytest.mark.parametrize("forms", sorted(set(refusing())), ids=lambda forms: forms[0][:40])
def test_a_refusal_names_a_cure(forms):
    dutch = dict(translations())
    for text in (*forms, *dutch[forms_of(forms)]):
        assert names_a_cure(text), text


def test_a_bare_no_is_noticed():
    assert not names_a_cure("Deze ruimte is bezet.")
    assert names_a_cure("Deze ruimte is bezet. Kies een andere tijd.")
    assert names_a_cure("Kies een andere tijd.")


def test_every_refusal_has_a_sentence():
    for module in pkgutil.walk_packages(buurthuis.__path__, "buurthuis."):
        importlib.import_module(module.name)
    spoken_for = set(errors._sentences)
    silent = {
        kind.__name__
        for kind in _kinds(errors.Refusal)
        if kind.__module__.startswith("buurthuis.") and not spoken_for & set(kind.__mro__)
    }
    assert silent == TOLD_BY_THE_PAGE


def _kinds(refusal: type[errors.Refusal]) -> Iterator[type[errors.Refusal]]:
    for kind in refusal.__subclasses__():
        yield kind
        yield from _kinds(kind)
