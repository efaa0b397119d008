"""Reads a page as a neighbour does, and finds what is said in the other language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from babel import Locale

from tests.inspection import VOID
from tests.language.catalogue import PLACEHOLDER, translations

INLINE = {"a", "b", "i", "em", "strong", "small", "span", "s", "time", "code"}
UNREAD = {"script", "textarea", "code"}
READ_ALOUD = ("title", "aria-label", "alt", "placeholder", "data-copy", "data-copy-word")


class _Heard(HTMLParser):
    """Every text of a page, save what is marked as speaking another language."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._foreign: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        is_foreign = (tag != "html" and "lang" in facts) or tag == "script"
        if tag not in VOID:
            self._foreign.append(is_foreign)
        if not is_foreign and not any(self._foreign):
            self.texts += [facts[name] or "" for name in READ_ALOUD if name in facts]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._foreign:
            self._foreign.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._foreign):
            self.texts.append(data)


def texts_of(page: str) -> list[str]:
    """The texts of a page, each on one line."""
    heard = _Heard()
    heard.feed(page)
    return [line for text in heard.texts if (line := " ".join(text.split()))]


class _Paragraphs(HTMLParser):
    """The texts of a page, whole from one block to the next; what somebody else wrote stays out."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs = [""]
        self._silent: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        is_button = "button" in (facts.get("class") or "")
        if tag not in INLINE or is_button:
            self.paragraphs.append("")
        if tag not in VOID:
            is_foreign = tag != "html" and "lang" in facts
            self._silent.append(is_foreign or tag in UNREAD or "data-copy" in facts)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._silent:
            self._silent.pop()
        if tag not in INLINE:
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        if not any(self._silent):
            self.paragraphs[-1] += data


def paragraphs_of(page: str) -> list[str]:
    """What one reads between one block and the next, each on one line."""
    heard = _Paragraphs()
    heard.feed(page)
    return [line for text in heard.paragraphs if (line := " ".join(text.split()))]


@dataclass
class Form:
    """A form that is sent: where to, what one types in it, and what goes along unseen."""

    action: str
    typed: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    """The forms of a page in which one types, and what it says is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.mistakes: list[str] = []
        self._in_mistake = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(
                Form(facts.get("action", "") if facts.get("method") == "post" else "get")
            )
        if self._in_mistake or "field__error" in facts.get("class", "").split():
            self._in_mistake += tag not in VOID
            if self._in_mistake == 1:
                self.mistakes.append("")
        name = facts.get("name")
        if not name or not self.forms or tag not in {"input", "select", "textarea"}:
            return
        if facts.get("type") == "hidden":
            self.forms[-1].hidden[name] = facts.get("value", "")
        elif name not in self.forms[-1].typed:
            self.forms[-1].typed.append(name)

    def handle_endtag(self, tag: str) -> None:
        if self._in_mistake and tag not in VOID:
            self._in_mistake -= 1

    def handle_data(self, data: str) -> None:
        if self._in_mistake:
            self.mistakes[-1] += data


def forms_of(page: str) -> list[Form]:
    """The forms in which one types something to send."""
    heard = _Forms()
    heard.feed(page)
    return [form for form in heard.forms if form.typed and form.action != "get"]


def mistakes_of(page: str) -> list[str]:
    """What a page says is wrong, without the word that says so to a reader."""
    heard = _Forms()
    heard.feed(page)
    return [" ".join(text.split()).partition(":")[2].strip() for text in heard.mistakes]


def leaks(page: str, *, language: str) -> list[str]:
    """What a page in this language says in the other one."""
    return [text for text in texts_of(page) if _says_foreign(text, language)]


@cache
def _says_foreign(text: str, language: str) -> bool:
    words, phrases = _FOREIGN[language]
    return text.strip(" :().,").casefold() in words or phrases.search(text) is not None


def _pieces(forms: tuple[str, ...]) -> Iterator[str]:
    """A message without the facts that are filled in."""
    for form in forms:
        for piece in PLACEHOLDER.split(form)[::2]:
            yield piece.strip(" :().,;–×").casefold()


def _foreign_to(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Single words that only the other language says as a whole text, and its longer phrases."""
    own_side, other_side = (1, 0) if language == "nl" else (0, 1)
    own = {piece for pair in translations() for piece in _pieces(pair[own_side])}
    other = {piece for pair in translations() for piece in _pieces(pair[other_side])} - own
    other = {piece for piece in other if any(map(str.isalpha, piece))}
    own_days, other_days = (_calendar_words(code) for code in _both(language))
    phrases = {piece for piece in other if " " in piece} | (other_days - own_days)
    either = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return frozenset(other), re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _calendar_words(code: str) -> set[str]:
    locale = Locale(code)
    named = (locale.days["format"]["wide"], locale.months["format"]["wide"])
    return {word.casefold() for words in named for word in words.values()}


def _both(language: str) -> tuple[str, str]:
    return ("nl", "en") if language == "nl" else ("en", "nl")


_FOREIGN = {language: _foreign_to(language) for language in ("nl", "en")}
