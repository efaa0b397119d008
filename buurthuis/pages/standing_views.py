"""How it stands with a group at each house: known, waiting, refused or never asked, and what it pays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from buurthuis.accounts.models import Initiative
from buurthuis.pages.standing_prices import Example, examples
from buurthuis.rules.calendar import day_of
from buurthuis.rules.criteria import Criterion, Offered, fitting, lacking, last_day_to_appeal
from buurthuis.rules.standing import Recognition as RecognisedStanding
from buurthuis.rules.standing import StandingCode, recognised
from buurthuis.tariffs.applications import queries
from buurthuis.tariffs.applications.actions import can_appeal
from buurthuis.tariffs.applications.models import Application, State
from buurthuis.tariffs.models import RateCard, Recognition
from buurthuis.tariffs.queries import cards_on, recognitions_of
from buurthuis.tariffs.standing_words import known_as, standing_name
from buurthuis.venues.models import Room, Venue


@dataclass(frozen=True, slots=True)
class HouseView:
    """One house, or all of them together when `venue` is None, as a group sees it."""

    venue: Venue | None
    known: list[tuple[str, Recognition]]
    """What the house itself recognised and what holds today, with its name; the oldest first."""
    latest: Application | None
    """What was asked last; what was taken back is as if it was never asked."""
    appeal_until: date | None
    """Until when one may appeal against the latest no."""
    ended: Recognition | None
    """What the house ended lately, against which one may still appeal."""
    examples: list[Example]

    @property
    def is_waiting(self) -> bool:
        """Whether the group waits for an answer."""
        return self.latest is not None and self.latest.state is State.ASKED

    @property
    def is_refused(self) -> bool:
        """Whether the last answer was a no, and nothing was recognised after it."""
        if self.latest is None or self.latest.state is not State.REFUSED:
            return False
        no_at = self.latest.decided_at
        return no_at is None or all(each.decided_at <= no_at for _name, each in self.known)


def house_views(
    initiative: Initiative, venues: Sequence[Venue], rooms: Sequence[Room], now: datetime
) -> list[HouseView]:
    """Every house as this group sees it, and all houses together at the end."""
    today = day_of(now)
    cards = cards_on([venue.id for venue in venues], today)
    asked = queries.applications_of(initiative)
    told = [each for each in asked if each.state is not State.WITHDRAWN]
    rows = [each for each in recognitions_of(initiative.id) if _holds(each, today)]
    ended = queries.ended_lately(initiative, now)
    views = []
    for venue in [*venues, None]:
        venue_id = None if venue is None else venue.id
        here = [room for room in rooms if room.venue_id == venue_id]
        card = None if venue_id is None else cards.get(venue_id)
        own = [each for each in rows if each.venue_id == venue_id]
        latest = next((each for each in told if each.venue_id == venue_id), None)
        purposes = {each.purpose for each in own}
        standing = _counts(rows, venue_id, today)
        views.append(
            HouseView(
                venue=venue,
                known=[(known_as(each, card.standings if card else ()), each) for each in own],
                latest=latest,
                appeal_until=_appeal_until(latest, now),
                ended=next(
                    (
                        each
                        for each in ended
                        if each.venue_id == venue_id and each.purpose not in purposes
                    ),
                    None,
                ),
                examples=examples(here, card, initiative, standing, today),
            )
        )
    return views


@dataclass(frozen=True, slots=True)
class Fit:
    """What fits a group in one house, what it would pay then, and what cheaper standings ask more."""

    venue: Venue
    name: str
    """What the house calls the standing that fits; "" when none does."""
    is_by_answers: bool
    """Whether the answers fit; else it is what the group says of itself."""
    examples: list[Example]
    nearly: list[tuple[str, list[Criterion]]]

    @property
    def pays_less_or_more(self) -> bool:
        """Whether any room would cost the group something else than everybody pays."""
        return any(each.pays_cents != each.normal_cents for each in self.examples)


def fit_in(
    venue: Venue,
    card: RateCard | None,
    rooms: Sequence[Room],
    initiative: Initiative,
    met: frozenset[Criterion],
    today: date,
) -> Fit:
    """What fits in one house by the answers, or else by what the group says of itself."""
    offers = queries.offers_of(card)
    code = fitting(offers, met)
    says = next((each.code for each in offers if each.code == initiative.kind), None)
    shown = code or says
    named = card.standings if card else ()
    here = [room for room in rooms if room.venue_id == venue.id]
    return Fit(
        venue=venue,
        name=standing_name(shown, named) if shown else "",
        is_by_answers=code is not None,
        examples=examples(here, card, initiative, shown, today),
        nearly=[
            (standing_name(each.code, named), lacking(each, met))
            for each in _cheaper(offers, code)
            if each.asks
        ],
    )


def _cheaper(offers: Sequence[Offered], code: StandingCode | None) -> list[Offered]:
    """What costs less than what fits; all when nothing fits."""
    limit = next((each.percentage_bp for each in offers if each.code == code), None)
    return [each for each in offers if limit is None or each.percentage_bp < limit]


def _holds(row: Recognition, today: date) -> bool:
    return row.valid_from <= today and (row.valid_to is None or row.valid_to >= today)


def _counts(rows: Sequence[Recognition], venue_id: int | None, today: date) -> StandingCode | None:
    known = [
        RecognisedStanding(each.kind, each.venue_id, each.valid_from, each.valid_to, each.purpose)
        for each in rows
    ]
    return None if venue_id is None else recognised(known, venue=venue_id, on=today)


def _appeal_until(latest: Application | None, now: datetime) -> date | None:
    if latest is None or latest.decided_at is None or not can_appeal(latest):
        return None
    return last_day_to_appeal(day_of(latest.decided_at))
