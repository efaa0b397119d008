"""Every message has its Dutch, with the same facts in it, and no text goes past the catalogue."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

from buurthuis.foundation.settings import CHECKOUT
from tests.language.catalogue import DUTCH, PLACEHOLDER, dutch, forms_of, spoken, translations

SPEAKS = {"_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"}
CODE = sorted((CHECKOUT / "buurthuis").rglob("*.py"))
TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.html"))
READ_ALOUD = {"title", "aria-label", "alt", "placeholder", "data-label"}
# What a template answers to another template, or writes as a tag, is not read aloud.
SILENT = re.compile(
    r"{% block width %}\w+{% endblock %}|{% macro (is_list|described_by)\b.*?{%-? endmacro %}"
    r"|<{{.*?}}.*?>",
    re.DOTALL,
)
NAMES = {"buurthuis", "iPhone", "iPad", "Mac", "Google", "Outlook", "Thunderbird", "Android"}
"""Words of a template that are the same in every language."""


def test_every_message_has_its_dutch():
    known = {forms: words for forms, words in translations() if all(words)}
    missing = {each.forms for each in spoken()} - known.keys()
    assert not missing, "run `make words` and translate these"


def test_the_catalogue_holds_nothing_that_nobody_says():
    said = {each.forms for each in spoken()}
    assert [forms for forms, _dutch in translations() if forms not in said] == []


def test_no_dutch_is_a_guess():
    assert [message.id for message in dutch() if message.id and message.fuzzy] == []


def test_the_dutch_tells_the_same_facts():
    for english, words in translations():
        facts = set(PLACEHOLDER.findall(english[-1]))
        for form in words:
            told = set(PLACEHOLDER.findall(form))
            # One of a thing may be told without its number.
            assert told == facts or (form != words[-1] and told == facts - {"num"}), english


def test_the_compiled_catalogue_is_the_present_one():
    compiled = DUTCH.with_suffix(".mo")
    assert compiled.exists(), "run `make catalogues`"
    assert compiled.stat().st_mtime >= DUTCH.stat().st_mtime, "run `make catalogues`"


def test_what_is_said_in_code_is_found_by_the_catalogue():
    known = {form for each in spoken() for form in each.forms}
    lost = [
        f"{file.relative_to(CHECKOUT)}:{line}"
        for file in CODE
        for line, text in _said(file)
        if text not in known
    ]

    assert lost == [], "say a whole text, outside other texts"


def _said(file: Path) -> Iterator[tuple[int, str | None]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            first = node.args[0]
            if node.func.id in SPEAKS:
                yield node.lineno, first.value if isinstance(first, ast.Constant) else None


class _Bare(HTMLParser):
    """Collects the words that stand in a template itself."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value or "" for name, value in attrs if name in READ_ALOUD]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_no_text_of_a_page_goes_past_the_catalogue():
    bare = {str(file.relative_to(CHECKOUT)): _bare_words(file) for file in TEMPLATES}

    assert {file: words for file, words in bare.items() if words} == {}


def _bare_words(file: Path) -> set[str]:
    """Words of a template that no translator sees."""
    source = SILENT.sub("", file.read_text(encoding="utf-8"))
    tokens = Environment(autoescape=True).lex(source)
    drawn = _Bare()
    # What a tag of the template draws stands for one character that is no letter.
    drawn.feed("".join(text if kind == "data" else "·" for _line, kind, text in tokens))
    bare = {word.strip("·,.:;()–") for text in drawn.texts for word in text.split()}
    return {word for word in bare - NAMES if sum(map(str.isalpha, word)) > 1}


def test_both_forms_of_a_plural_are_there():
    for english, words in translations():
        assert len(english) == len(words) == len(forms_of(english))
