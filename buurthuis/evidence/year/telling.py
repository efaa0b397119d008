"""Verbs of stories, and of results for society with a price: written once, and taken away for good."""

from dataclasses import dataclass
from datetime import date

from buurthuis.accounts.models import Person
from buurthuis.evidence.year.refusals import (
    NoConsent,
    NoSource,
    NothingTold,
    TooManyWords,
    UpsideDown,
)
from buurthuis.evidence.year.told_models import SocialOutcome, Story
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.rules.few_words import MOST_WORDS, words_in
from buurthuis.rules.money import BasisPoints, Cents
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as somebody told it, with how they agreed that it is passed on.

    `names_teller`: they want their name beside it. `until`: the last day on which it may be shown.
    """

    title: str
    text: str
    code: str
    on: date
    consent: str
    until: date | None = None
    teller: str = ""
    names_teller: bool = False
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Priced:
    """A result for society in a year: what it is, what counts it, and its price as a range."""

    year: int
    words: str
    code: str
    price_cents: tuple[Cents, Cents]
    deadweight_bp: tuple[BasisPoints, BasisPoints]
    attribution_bp: tuple[BasisPoints, BasisPoints]
    source: str
    link: str = ""


@action
def tell_story(venue: Venue, telling: Telling, *, by: Person) -> Story:
    """Write a story down.

    Raises:
        NotFound, NotAllowed: this person does not speak for the house.
        NothingTold, TooManyWords, NoConsent: what is missing, or too much.
    """
    demand(by, "year.words", venue)
    if not telling.title or not telling.text:
        raise NothingTold
    if words_in(telling.text) > MOST_WORDS:
        raise TooManyWords(words=words_in(telling.text))
    if not telling.consent:
        raise NoConsent
    story = Story(
        venue_id=venue.id,
        title=telling.title,
        text=telling.text,
        code=telling.code,
        told_on=telling.on,
        teller=telling.teller,
        names_teller=telling.names_teller and bool(telling.teller),
        consent=telling.consent,
        consent_until=telling.until,
        is_public=telling.is_public,
        made_at=clock.now(),
        made_by_id=by.id,
    )
    db.session.add(story)
    db.session.flush()
    logbook.note("story.told", story, by=by, venue_id=venue.id, is_public=story.is_public)
    return story


@action
def show_to_everybody(story: Story, *, by: Person) -> None:
    """Let a story stand on the page for everybody too."""
    _show(story, "story.shown", by=by, is_public=True)


@action
def keep_inside(story: Story, *, by: Person) -> None:
    """Take a story off the page for everybody; the board still has it."""
    _show(story, "story.kept_inside", by=by, is_public=False)


def _show(story: Story, deed: str, *, by: Person, is_public: bool) -> None:
    demand(by, "story.pass_on", story)
    db.session.refresh(story, with_for_update=True)
    if story.withdrawn_at is None and story.is_public is not is_public:
        story.is_public = is_public
        logbook.note(deed, story, by=by, venue_id=story.venue_id)


@action
def withdraw_story(story: Story, *, by: Person) -> None:
    """Take a story away from everywhere, with every word of it; twice changes nothing.

    Raises:
        NotFound, NotAllowed: this person does not speak for the house.
    """
    demand(by, "story.pass_on", story)
    db.session.refresh(story, with_for_update=True)
    if story.withdrawn_at is not None:
        return
    story.title = story.text = story.teller = story.consent = ""
    story.names_teller = story.is_public = False
    story.withdrawn_at, story.withdrawn_by_id = clock.now(), by.id
    logbook.note("story.withdrawn", story, by=by, venue_id=story.venue_id)


@action
def write_outcome(venue: Venue | None, priced: Priced, *, by: Person) -> SocialOutcome:
    """Write a result for society down, for a house or for all of them together.

    Raises:
        NotFound, NotAllowed: this person sits on no board of it.
        NoSource: nobody says where the price comes from.
        UpsideDown: the low end of a range lies above its high end.
    """
    outcome = _outcome(venue, priced, by)
    demand(by, "outcome.write", outcome)
    if not priced.source:
        raise NoSource
    if any(low > high for low, high in _ranges(priced)):
        raise UpsideDown
    db.session.add(outcome)
    db.session.flush()
    logbook.note("outcome.written", outcome, by=by, venue_id=outcome.venue_id, code=outcome.code)
    return outcome


def _ranges(priced: Priced) -> tuple[tuple[int, int], ...]:
    return priced.price_cents, priced.deadweight_bp, priced.attribution_bp


def _outcome(venue: Venue | None, priced: Priced, by: Person) -> SocialOutcome:
    return SocialOutcome(
        venue_id=None if venue is None else venue.id,
        year=priced.year,
        words=priced.words,
        code=priced.code,
        price_low_cents=priced.price_cents[0],
        price_high_cents=priced.price_cents[1],
        deadweight_low_bp=priced.deadweight_bp[0],
        deadweight_high_bp=priced.deadweight_bp[1],
        attribution_low_bp=priced.attribution_bp[0],
        attribution_high_bp=priced.attribution_bp[1],
        source=priced.source,
        link=priced.link,
        made_at=clock.now(),
        made_by_id=by.id,
    )


@action
def withdraw_outcome(outcome: SocialOutcome, *, by: Person) -> None:
    """Let a result for society no longer count; it stays to be read. Twice changes nothing.

    Raises:
        NotFound, NotAllowed: this person sits on no board of it.
    """
    demand(by, "outcome.write", outcome)
    db.session.refresh(outcome, with_for_update=True)
    if outcome.withdrawn_at is None:
        outcome.withdrawn_at, outcome.withdrawn_by_id = clock.now(), by.id
        logbook.note("outcome.withdrawn", outcome, by=by, venue_id=outcome.venue_id)
