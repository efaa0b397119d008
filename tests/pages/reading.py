"""Reading a page as a visitor does: its links, its fields, and what stands beside them."""

import re
from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"input", "br", "link", "meta", "img", "path", "hr", "circle", "use", "rect"})


class Reader(HTMLParser):
    """Links with their words, and the value of every field."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.values: dict[str, Any] = {}
        self.hidden: dict[str, str] = {}
        self._text: list[str] = []
        self._href: str | None = None
        self._select = self._area = ""
        self._form_depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Note links and fields."""
        facts = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._href, self._text = facts.get("href", ""), []
        elif tag == "select":
            self._select = facts.get("name", "")
            self.values.setdefault(self._select, "")
        elif tag == "option" and "selected" in facts:
            self.values[self._select] = facts.get("value", "")
        elif tag == "textarea":
            self._area = facts.get("name", "")
            self.values[self._area] = ""
        elif tag == "input":
            self._input(facts)

    def _input(self, facts: dict[str, str]) -> None:
        name, kind = facts.get("name", ""), facts.get("type", "text")
        if kind in {"radio", "checkbox"} and "checked" not in facts:
            return
        value = facts.get("value", "")
        if kind == "hidden":
            self.hidden[name] = value
        if kind == "checkbox" and name in self.values:
            ticked = self.values[name]
            self.values[name] = [*(ticked if isinstance(ticked, list) else [ticked]), value]
        else:
            self.values[name] = value

    def handle_data(self, data: str) -> None:
        """Gather the words of a link and of a text area."""
        if self._href is not None:
            self._text.append(data)
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """A link or a text area is done."""
        if tag == "a" and self._href is not None:
            self.links.append((" ".join("".join(self._text).split()), self._href))
            self._href = None
        elif tag == "textarea":
            self.values[self._area] = (
                self.values[self._area].removeprefix("\n").removeprefix("\r\n")
            )
            self._area = ""


def in_english(browser: Any) -> Any:
    """The same browser, in which English was chosen."""
    browser.set_cookie("language", "en")
    return browser


def links(answer: Any) -> list[str]:
    """The addresses of all links on a page."""
    return [url for _words, url in Reader(answer.text).links]


def link_called(answer: Any, words: str) -> str:
    """The address of the first link with these words in it."""
    return next(url for text, url in Reader(answer.text).links if words in text)


def field_value(answer: Any, name: str) -> str:
    """What a field holds; "" when it holds nothing or is not ticked."""
    return Reader(answer.text).values.get(name, "").replace("\r\n", "\n")


def filled_in(answer: Any, **changes: Any) -> dict[str, Any]:
    """All fields of a page as a browser would send them, with some filled in."""
    return {**Reader(answer.text).values, **changes}


def error_beside(answer: Any, name: str) -> str:
    """The sentences that stand as mistakes beside a field; "" when it is right."""
    found = re.search(rf'<div id="{name}-error">(.*?)</div>', answer.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""
