"""The words of an event: what it is called, where it is and whose it is, as one may show them."""

import html
import re
from typing import Final

from buurthuis.imports.readers.content import Component, listed
from buurthuis.imports.readers.rows import EntryStatus
from buurthuis.rules import wording

LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 1_000
LONGEST_LOOKED_AT: Final = 50_000
STATUSES: Final = {"TENTATIVE": EntryStatus.TENTATIVE, "CANCELLED": EntryStatus.CANCELLED}

_TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_BREAKS: Final = frozenset({"br", "p", "/p", "div", "/div", "li", "tr", "h1", "h2", "h3"})


def one_line(text: str) -> str:
    """A title, place or name: on one line, without what nobody sees, and not too long."""
    seen = wording.one_line(text[:LONGEST_LOOKED_AT], longest=LONGEST_LOOKED_AT * 4)
    return _cut(seen, LONGEST_LINE)


def paragraphs(text: str) -> str:
    """A remark: lines stay lines, the marks of web pages go."""
    text = text[:LONGEST_LOOKED_AT]
    if _TAG.search(text):
        text = _TAG.sub(lambda tag: "\n" if tag[1].lower() in _BREAKS else "", text)
    seen = wording.paragraphs(html.unescape(text), longest=LONGEST_LOOKED_AT * 4)
    return _cut(seen, LONGEST_TEXT)


def organiser_of(component: Component) -> str:
    """The name of who organises it; an address is no name, and stays out."""
    line = component.line("ORGANIZER")
    name = one_line(line.parameters.get("CN", "")) if line is not None else ""
    return "" if "@" in name else name


def kind_of(component: Component) -> str:
    """The first category."""
    line = component.line("CATEGORIES")
    return one_line(listed(line.value)[0]) if line is not None else ""


def status_of(component: Component) -> EntryStatus:
    """Whether it goes on, may go on, or was cancelled."""
    said = component.text("STATUS").strip().upper()
    if not said and component.text("X-MICROSOFT-CDO-BUSYSTATUS").strip().upper() == "TENTATIVE":
        said = "TENTATIVE"
    return STATUSES.get(said, EntryStatus.CONFIRMED)


def is_busy(component: Component) -> bool:
    """Whether it takes the time, as TRANSP says, or Outlook in its own way."""
    if component.text("X-MICROSOFT-CDO-BUSYSTATUS").strip().upper() == "FREE":
        return False
    return component.text("TRANSP").strip().upper() != "TRANSPARENT"


def is_whole_day(component: Component) -> bool:
    """Whether Outlook calls it a whole day, although it may write clock times."""
    return component.text("X-MICROSOFT-CDO-ALLDAYEVENT").strip().upper() == "TRUE"


def is_private(component: Component) -> bool:
    """Whether its owner marked it as not for everybody."""
    return component.text("CLASS").strip().upper() in {"PRIVATE", "CONFIDENTIAL"}


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
