"""What will happen to requests and changes that are answered together, and to those left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from buurthuis.bookings import inbox
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import changes_waiting
from buurthuis.bookings.changes.rivals import Rivals, rivals_of_changes, rivals_of_requests
from buurthuis.bookings.inbox import Request
from buurthuis.bookings.models import Booking
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_number
from buurthuis.pages.desk_change_cards import ChangeCard, card_of
from buurthuis.pages.desk_series_cards import SeriesChangeCard, series_change_cards
from buurthuis.venues.models import Venue

MOST = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was ticked: requests and changes by number, each with the sequence at which it was seen.

    A change of a whole series is never another one under the same number, so it has none.
    """

    requests: dict[int, int | None]
    changes: dict[int, int | None]
    of_series: dict[int, int | None]

    @classmethod
    def of(cls, typed: MultiDict[str, str]) -> Self:
        """What our page sent.

        Raises:
            NotFound: this is not what our page sends.
        """
        return cls(*(_numbers(typed.getlist(name)) for name in ("id", "change", "series")))

    def __len__(self) -> int:
        return len(self.requests) + len(self.changes) + len(self.of_series)


def _numbers(texts: Sequence[str]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    try:
        for text in texts[:MOST]:
            number, _dot, sequence = text.partition(".")
            found[row_number(number)] = int(sequence[:9]) if sequence else None
    except ValueError:
        raise NotFound from None
    return found


@dataclass(frozen=True, slots=True)
class OfGroup:
    """What one group gets, and what it pays together."""

    name: str
    bookings: list[Booking]
    changes: list[ChangeCard]
    of_series: list[SeriesChangeCard]

    @property
    def total_cents(self) -> int:
        """What the group pays for all of these."""
        changed = sum(card.change.total_cents for card in self.changes)
        changed += sum(card.total_cents for card in self.of_series)
        return sum(booking.total_cents for booking in self.bookings) + changed


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request or a change that is not answered now, and why."""

    booking: Booking
    why: str
    change: ChangeRequest | None = None
    series_url: str = ""

    @property
    def url(self) -> str:
        """Where it can be looked at by itself."""
        if self.series_url:
            return self.series_url
        if self.change is None:
            slug = self.booking.venue.slug
            return url_for("desk.booking", slug=slug, booking_id=self.booking.id)
        slug = self.change.venue.slug
        return url_for("desk.change", slug=slug, change_request_id=self.change.id)


@dataclass(slots=True)
class Plan:
    """What will happen to each of the chosen requests and changes."""

    answered: list[Booking] = field(default_factory=list)
    changes: list[ChangeCard] = field(default_factory=list)
    of_series: list[SeriesChangeCard] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many get an answer."""
        return len(self.answered) + len(self.changes) + len(self.of_series)

    @property
    def bookings(self) -> list[Booking]:
        """One booking of each that gets an answer."""
        changed = [card.change.booking for card in self.changes]
        return [*self.answered, *changed, *(card.first for card in self.of_series)]

    @property
    def groups(self) -> list[OfGroup]:
        """Those that get an answer, by group."""
        names = {each.initiative_id: each.initiative.name for each in self.bookings}
        in_order = sorted(names, key=lambda number: (names[number], number))
        return [self._of_group(number, names[number]) for number in in_order]

    def _of_group(self, number: int, name: str) -> OfGroup:
        own = [each for each in self.answered if each.initiative_id == number]
        return OfGroup(
            name,
            sorted(own, key=lambda each: each.from_at),
            [each for each in self.changes if each.change.booking.initiative_id == number],
            [each for each in self.of_series if each.first.initiative_id == number],
        )


def plan_of(venue: Venue, chosen: Chosen, *, is_yes: bool, now: datetime) -> Plan:
    """Who gets this answer; a yes leaves out what is over, and what others want as well."""
    plan = Plan()
    line = [each for each in inbox.line(venue, now=now) if each.id in chosen.requests]
    waiting = changes_waiting(venue, now=now)
    rivals = rivals_of_changes(venue, waiting)
    movers = rivals_of_requests(rivals, waiting)
    for each in inbox.requests_of(line):
        why = _why_not(each, movers, now) if is_yes else ""
        if why:
            plan.left_out.append(LeftOut(each.booking, why))
        else:
            plan.answered.append(each.booking)
    for asked in waiting:
        if asked.id in chosen.changes and asked.series_change_id is None:
            _plan_change(plan, card_of(asked, now, rivals.get(asked.id, ())), is_yes=is_yes)
    for card in series_change_cards(venue, waiting, now, rivals):
        if card.question.id in chosen.of_series:
            _plan_series(plan, card, is_yes=is_yes)
    return plan


def _why_not(asked: Request, movers: Rivals, now: datetime) -> str:
    """Why a request cannot get a yes with the others, or ""."""
    if asked.booking.to_at <= now:
        return _("This time is over. You can only say no.")
    return _choose([*asked.clashes, *movers.get(asked.booking.id, ())])


def _plan_change(plan: Plan, card: ChangeCard, *, is_yes: bool) -> None:
    why = (_choose(card.clashes) or card.stops) if is_yes else ""
    if why:
        plan.left_out.append(LeftOut(card.change.booking, why, card.change))
    else:
        plan.changes.append(card)


def _plan_series(plan: Plan, card: SeriesChangeCard, *, is_yes: bool) -> None:
    why = (_choose(card.clashes) or card.asked.stops) if is_yes else ""
    if why:
        plan.left_out.append(LeftOut(card.first, why, series_url=card.url))
    else:
        plan.of_series.append(card)


def _choose(others: Sequence[Booking]) -> str:
    if not others:
        return ""
    names = ", ".join(dict.fromkeys(other.title for other in others))
    return _("Others want this place too: %(others)s. Choose between them.", others=names)
