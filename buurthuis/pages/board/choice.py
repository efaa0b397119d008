"""Which figures somebody wants to see: days, a house, a room, a standing and a theme, in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import may, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.pages.board.periods import Chosen, chosen
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import LONGEST_CODE, NOT_KNOWN
from buurthuis.rules.themes import Theme
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.houses import room_in
from buurthuis.statistics.rights import houses_seen
from buurthuis.statistics.words import standing_word, theme_word
from buurthuis.venues.known import all_venues, bookable_rooms
from buurthuis.venues.models import Room, Venue
from buurthuis.venues.queries import in_totals


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for, as far as the visitor may see it."""

    days: Chosen
    today: date
    seen: tuple[Venue, ...]
    """Every house whose figures the visitor may see."""
    venue: Venue | None = None
    room: Room | None = None
    standing: str | None = None
    theme: str | None = None

    @classmethod
    def of_address(cls, words: Mapping[str, str] | None = None) -> "Choice":
        """The choice that an address makes, by default the one of this request.

        Raises:
            NotFound: it names a house or room that is not there, or is not the visitor's.
        """
        words = request.args if words is None else words
        today = day_of(clock.now())
        seen = tuple(houses_seen(visitor(), list(all_venues())))
        if not seen:
            raise NotFound
        venue = _named(seen, words.get("venue"))
        room = _room(seen if venue is None else (venue,), words.get("room"))
        if room is not None:
            venue = next(each for each in seen if each.id == room.venue_id)
        return cls(
            chosen(words, today),
            today,
            *(seen, venue, room),
            standing=_code(words.get("standing")),
            theme=_theme(words.get("theme")),
        )

    @property
    def asked(self) -> Asked:
        """The same as a question."""
        room_id = None if self.room is None else self.room.id
        venue_ids = frozenset(each.id for each in self.venues)
        return Asked(venue_ids, self.days.span, room_id, self.standing, self.theme)

    @property
    def venues(self) -> list[Venue]:
        """The houses that are asked about. Houses of the example never count with real ones."""
        return in_totals(self.seen) if self.venue is None else [self.venue]

    @property
    def tells_private(self) -> bool:
        """Whoever works at the desk of each of the houses also knows what private people are called."""
        return all(may(visitor(), "desk.see", each) for each in self.venues)

    @property
    def house_name(self) -> str:
        """About which house, or all."""
        if self.venue is not None or len(self.seen) == 1:
            return (self.venue or self.seen[0]).name
        return _("All houses together")

    @property
    def only(self) -> list[str]:
        """Of which part alone, in words."""
        return [
            *([self.room.name] if self.room else []),
            *([standing_word(self.standing)] if self.standing is not None else []),
            *([theme_word(self.theme)] if self.theme is not None else []),
        ]

    @property
    def words(self) -> dict[str, str]:
        """The same for an address."""
        found = dict(self.days.address)
        if self.venue is not None:
            found["venue"] = self.venue.slug
        if self.room is not None:
            found["room"] = self.room.slug
        if self.standing is not None:
            found["standing"] = self.standing or NOT_KNOWN
        if self.theme is not None:
            found["theme"] = self.theme or NOT_KNOWN
        return found

    def to(self, endpoint: str, **more: Any) -> str:
        """Where another page shows the same."""
        return url_for(endpoint, **{**self.words, **more})

    def with_days(self, days: Chosen) -> "Choice":
        """The same for other days."""
        return replace(self, days=days)

    def with_house(self, venue: Venue | None) -> "Choice":
        """The same for another house; a room stays behind."""
        return replace(self, venue=venue, room=None)


def _named(venues: Sequence[Venue], slug: str | None) -> Venue | None:
    if not slug:
        return None
    found = next((each for each in venues if each.slug == slug), None)
    if found is None:
        raise NotFound(venue=slug)
    return found


def _room(venues: Sequence[Venue], slug: str | None) -> Room | None:
    """A room of these houses; one that is not let any more is asked for by itself."""
    if not slug:
        return None
    ids = {each.id for each in venues}
    known = (each for each in bookable_rooms() if each.slug == slug and each.venue_id in ids)
    return next(known, None) or room_in(ids, slug)


def _code(text: str | None) -> str | None:
    """A standing; what is not known is the empty text."""
    if not text:
        return None
    return "" if text == NOT_KNOWN else text[:LONGEST_CODE]


def _theme(text: str | None) -> str | None:
    if text == NOT_KNOWN:
        return ""
    return text if text in set(Theme) else None
