"""The ways to other days, houses, rooms, standings and themes: plain links that keep all the rest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import request
from flask_babel import gettext as _

from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.periods import beside, offered
from buurthuis.rules.standing import Kind
from buurthuis.rules.themes import Theme
from buurthuis.statistics.words import standing_word, theme_word
from buurthuis.venues.known import bookable_rooms

Link = tuple[str, str, bool]
Leaf = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one kind, of which at most one is the present one."""

    label: str
    links: list[Link]


@dataclass(frozen=True, slots=True)
class Bar:
    """Everything one can choose on a page."""

    groups: list[Group]
    kept: dict[str, str]
    """What a form with other days takes along."""
    first: str
    last: str
    pages: tuple[Leaf, Leaf]
    all: str
    is_misread: bool
    """The address asked for days that are not there."""


def bar_of(choice: Choice, endpoint: str, **more: str) -> Bar:
    """What can be chosen on this page; `more` stands in its address besides."""
    days_words = dict(choice.days.address)
    asked = [request.args.get(key) for key in ("from", "until", "month", "quarter", "year")]
    return Bar(
        [group for group in _groups(choice, endpoint, more) if len(group.links) > 1],
        {key: value for key, value in choice.words.items() if key not in days_words},
        choice.days.span.first.isoformat(),
        choice.days.span.last.isoformat(),
        _pages(choice, endpoint, more),
        _without_parts(choice).to(endpoint, **more),
        any(asked) and any(request.args.get(key) != value for key, value in days_words.items()),
    )


def _groups(choice: Choice, endpoint: str, more: dict[str, str]) -> Iterator[Group]:
    def link(words: str, other: Choice) -> Link:
        return words, other.to(endpoint, **more), other.words == choice.words

    yield Group(
        _("Days"),
        [link(each.name, choice.with_days(each)) for each in offered(choice.today)],
    )
    if len(choice.seen) > 1:
        everything = link(_("All houses together"), choice.with_house(None))
        yield Group(
            _("House"),
            [everything, *(link(each.name, choice.with_house(each)) for each in choice.seen)],
        )
    rooms = bookable_rooms(choice.venues[0]) if len(choice.venues) == 1 else ()
    yield Group(
        _("Room"),
        [
            link(_("All rooms"), replace(choice, room=None)),
            *(link(each.name, replace(choice, room=each)) for each in rooms),
        ],
    )
    yield Group(
        _("Kind of group"),
        [
            link(_("All groups"), replace(choice, standing=None)),
            *(link(standing_word(each), replace(choice, standing=each)) for each in [*Kind, ""]),
        ],
    )
    yield Group(
        _("Theme"),
        [
            link(_("All themes"), replace(choice, theme=None)),
            *(link(theme_word(each), replace(choice, theme=each)) for each in [*Theme, ""]),
        ],
    )


def _pages(choice: Choice, endpoint: str, more: dict[str, str]) -> tuple[Leaf, Leaf]:
    before, after = (
        None if each is None else (each.name, choice.with_days(each).to(endpoint, **more))
        for each in beside(choice.days, choice.today)
    )
    return before, after


def _without_parts(choice: Choice) -> Choice:
    return replace(choice, room=None, standing=None, theme=None)
