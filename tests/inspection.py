"""What every HTML page must have: each page that any test opens is inspected for it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

VOID = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NEED_NO_LABEL = frozenset({"hidden", "submit", "button", "image", "reset"})
POINTERS = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-details")

VALUE = r"""(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?"""
ATTRIBUTE = re.compile(rf"""([^\s"'<>/=]+){VALUE}""")
MARK = re.compile(
    r"<!--.*?-->"
    r"|<!(?P<said>[^>]*)>"
    r"|</(?P<closed>[a-z][\w-]*)\s*>"
    r"""|<(?P<opened>[a-z][\w-]*)(?P<more>(?:"[^"]*"|'[^']*'|[^"'<>])*?)(?P<whole>/?)>""",
    re.DOTALL | re.IGNORECASE,
)
"""All that may stand between `<` and `>`; a parser that forgives takes four times as long."""


@dataclass(eq=False)
class Element:
    """An element with its attributes, its place in the page, and what lies in it."""

    page: "Page"
    tag: str
    attributes: dict[str, str]
    begins: int
    parent: "Element | None"
    inside: slice
    """Which elements of the page lie anywhere in it."""
    heard: slice
    """Which words of the page lie anywhere in it."""

    @property
    def words(self) -> str:
        """The words a reader hears in it."""
        return "".join(self.page.heard[self.heard])

    @property
    def ancestors(self) -> "Iterator[Element]":
        """Every element around it, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def is_hidden(self) -> bool:
        return self.attributes.get("aria-hidden") == "true"

    @property
    def is_unheard(self) -> bool:
        """A screen reader skips it."""
        return any(each.is_hidden for each in (self, *self.ancestors))

    def holds(self, tag: str) -> bool:
        """Such an element lies anywhere in it."""
        return any(each.tag == tag for each in self.page.elements[self.inside])

    def __str__(self) -> str:
        named = self.attributes.get("id") or self.attributes.get("name") or self.words.strip()[:40]
        return f"line {self.page.line(self.begins)}: <{self.tag}> {named}".rstrip()


@dataclass(eq=False)
class Page:
    """A page taken apart: every element in order, and what was wrong with its nesting."""

    text: str
    elements: list[Element] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    has_doctype: bool = False
    _open: list[Element] = field(default_factory=list)
    _hidden: int = 0

    def __post_init__(self) -> None:
        end = 0
        for mark in MARK.finditer(self.text):
            self._hear(end, mark.start())
            end = mark.end()
            if mark["opened"]:
                self._begin(mark)
            elif mark["closed"]:
                self._close(mark["closed"].lower(), mark.start())
            elif mark["said"]:
                self.has_doctype = mark["said"].lower() == "doctype html"
        self._hear(end, len(self.text))
        self.mistakes += [f"{element} is never closed" for element in self._open]

    def line(self, place: int) -> int:
        """The number of the line of a place in the text."""
        return self.text.count("\n", 0, place) + 1

    def all(self, *tags: str) -> list[Element]:
        """Every element with one of these tags, in the order of the page."""
        return [element for element in self.elements if element.tag in tags]

    def _hear(self, start: int, end: int) -> None:
        words = self.text[start:end]
        if "<" in words:
            self.mistakes.append(f"line {self.line(start)}: < opens nothing in {words.strip()!r}")
        if words and not self._hidden:
            self.heard.append(unescape(words))

    def _begin(self, mark: re.Match[str]) -> None:
        tag, attributes = mark["opened"].lower(), {}
        for name, *values in ATTRIBUTE.findall(mark["more"]):
            if name.lower() in attributes:
                self.mistakes.append(f"<{tag}> has {name} twice")
            attributes[name.lower()] = unescape("".join(values))
        self.heard.append(attributes.get("aria-label") or _alternative(tag, attributes))
        inside, heard = slice(len(self.elements) + 1, None), slice(len(self.heard), None)
        above = self._open[-1] if self._open else None
        element = Element(self, tag, attributes, mark.start(), above, inside, heard)
        self.elements.append(element)
        self._open.append(element)
        self._hidden += element.is_hidden
        if tag in VOID or mark["whole"]:
            self._end()

    def _close(self, tag: str, place: int) -> None:
        if self._open and self._open[-1].tag == tag:
            self._end()
            return
        within = f" in {self._open[-1]}" if self._open else ""
        self.mistakes.append(f"line {self.line(place)}: </{tag}> closes nothing{within}")

    def _end(self) -> None:
        element = self._open.pop()
        self._hidden -= element.is_hidden
        element.inside = slice(element.inside.start, len(self.elements))
        element.heard = slice(element.heard.start, len(self.heard))


def _alternative(tag: str, attributes: dict[str, str]) -> str:
    return attributes.get("alt", "") if tag == "img" else ""


def mistakes_in(text: str) -> list[str]:
    """Everything that is wrong with a page, in words."""
    page = Page(text)
    found = list(page.mistakes)
    for look in (_bones, _headings, _ids, _fields, _pictures, _forms, _inline, _names, _tables):
        found += look(page)
    return found


def inspect(response: Any) -> None:
    """Refuse a page of which anything is wrong; anything that is not a page passes."""
    is_page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
    if not is_page or not response.data:
        return
    found = mistakes_in(response.get_data(as_text=True))
    if found:
        path = response.request.path if response.request else ""
        raise AssertionError(
            "\n  ".join([f"{path} ({response.status_code}) is not right:", *found])
        )


def _bones(page: Page) -> Iterator[str]:
    if not page.has_doctype:
        yield "there is no <!doctype html>"
    if [bool(html.attributes.get("lang")) for html in page.all("html")] != [True]:
        yield "<html> does not say its language"
    titles = [e for e in page.all("title") if all(each.tag != "svg" for each in e.ancestors)]
    if [bool(title.words.split("–")[0].strip()) for title in titles] != [True]:
        yield "there is not exactly one <title> with words"
    if len(page.all("main")) != 1:
        yield "there is not exactly one <main>"


def _headings(page: Page) -> Iterator[str]:
    headings = page.all(*HEADINGS)
    if [heading.tag for heading in headings].count("h1") != 1:
        yield "there is not exactly one <h1>"
    before = 0
    for heading in headings:
        if not heading.words.strip():
            yield f"{heading} is empty"
        level = int(heading.tag[1])
        if level > before + 1:
            yield f"{heading} skips a level after h{before}"
        before = level


def _ids(page: Page) -> Iterator[str]:
    times = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
    yield from (
        f'the id "{name}" is used {count} times' for name, count in times.items() if count > 1
    )
    if "" in times:
        yield "an id is empty"
    for element in page.elements:
        for pointer in POINTERS:
            for name in element.attributes.get(pointer, "").split():
                if name not in times:
                    yield f'{element} points with {pointer} to "{name}", which is not there'
        target = element.attributes.get("href", "")
        if target.startswith("#") and target[1:] not in times:
            yield f'{element} leads to "{target}", which is not there'
        meant = element.attributes.get("for") if element.tag == "label" else None
        if meant is not None and meant not in times:
            yield f'{element} is for "{meant}", which is not there'


def _fields(page: Page) -> Iterator[str]:
    labelled = {label.attributes.get("for") for label in page.all("label") if label.words.strip()}
    for box in page.all("input", "select", "textarea"):
        if box.attributes.get("type") in NEED_NO_LABEL:
            continue
        around = [e for e in box.ancestors if e.tag == "label" and e.words.strip()]
        own = box.attributes.get("aria-label") or box.attributes.get("aria-labelledby")
        if not around and not own and box.attributes.get("id", "-") not in labelled:
            yield f"{box} has no label"
    for group in page.all("fieldset"):
        if not group.holds("legend"):
            yield f"{group} has no legend"


def _pictures(page: Page) -> Iterator[str]:
    for picture in page.all("img"):
        if "alt" not in picture.attributes:
            yield f"{picture} has no alternative"
    for picture in page.all("svg"):
        is_named = picture.attributes.get("role") == "img" and picture.attributes.get("aria-label")
        if not picture.is_unheard and not is_named:
            yield f"{picture} is neither named nor hidden"


def _forms(page: Page) -> Iterator[str]:
    tokens = [
        next((each for each in box.ancestors if each.tag == "form"), None)
        for box in page.all("input")
        if box.attributes.get("name") == "csrf_token" and box.attributes.get("value")
    ]
    for form in page.all("form"):
        times = sum(token is form for token in tokens)
        is_post = form.attributes.get("method", "get").lower() == "post"
        if is_post and times != 1:
            yield f"{form} {form.attributes.get('action')} posts with {times} CSRF tokens"
        if not is_post and times:
            yield f"{form} shows a CSRF token in the address"
        if form.holds("form"):
            yield f"{form} lies around another form"
        pressed_from_outside = form.attributes.get("id", "-") in {
            button.attributes.get("form") for button in page.all("button")
        }
        if not form.holds("button") and not pressed_from_outside:
            yield f"{form} has no button"


def _inline(page: Page) -> Iterator[str]:
    for element in page.elements:
        for name in element.attributes:
            if name == "style" or name.startswith("on"):
                yield f"{element} has an inline {name}"
        if element.tag == "style":
            yield f"{element} is an inline style"
        if element.tag == "script" and not element.attributes.get("src"):
            yield f"{element} is an inline script"
        if element.attributes.get("href", "").strip().lower().startswith("javascript:"):
            yield f"{element} leads to a script"


def _names(page: Page) -> Iterator[str]:
    for element in page.all("a", "button", "summary", "label", "legend", "th", "option"):
        is_filler = element.tag == "option" and element.attributes.get("value") == ""
        named = element.words.strip() or element.attributes.get("aria-label")
        if not named and not element.is_unheard and not is_filler:
            yield f"{element} has no words"
    for element in page.all("a", "button"):
        inside = [e for e in element.ancestors if e.tag in {"a", "button"}]
        if inside:
            yield f"{element} lies in {inside[0]}"
    for link in page.all("a"):
        if not link.attributes.get("href"):
            yield f"{link} leads nowhere"


def _tables(page: Page) -> Iterator[str]:
    for table in page.all("table"):
        if not table.holds("caption") and not table.attributes.get("aria-label"):
            yield f"{table} has no caption"
        if not table.holds("th"):
            yield f"{table} has no heads"
    for item in page.all("li"):
        if item.parent is None or item.parent.tag not in {"ul", "ol", "menu"}:
            yield f"{item} lies outside a list"
