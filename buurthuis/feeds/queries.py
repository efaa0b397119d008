"""Questions about subscriptions: whose they are, and what is behind a secret link."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, select, true
from sqlalchemy.orm import Session, joinedload

from buurthuis.accounts.hashes import token_hash
from buurthuis.accounts.models import Person
from buurthuis.accounts.proofs import MARKS, WITH_WHAT_THEY_DO
from buurthuis.feeds.models import Feed
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.keeping import kept_row
from buurthuis.foundation.pulse import Pulse, heard
from buurthuis.venues.models import Venue


def feeds_of(person: Person) -> Sequence[Feed]:
    """The subscriptions a person has and did not withdraw, oldest first."""
    return db.session.scalars(
        select(Feed)
        .where(Feed.person_id == person.id, Feed.withdrawn_at.is_(None))
        .order_by(Feed.made_at, Feed.id)
    ).all()


def feed(feed_id: int) -> Feed:
    """One subscription that still stands.

    Raises:
        NotFound
    """
    return _standing(Feed.id == feed_id)


def feed_behind(token: str) -> Feed:
    """The subscription behind a secret link, for a calendar app that reads.

    The link is proven each time; what was made with it comes out of the memory of the process.

    Raises:
        NotFound: there never was one, or it was withdrawn.
    """
    row = db.session.connection().execute(_PROOF, {"hash": token_hash(token)}).one_or_none()
    if row is None:
        raise NotFound
    number, *marks = row
    return kept_row(_feed_with_owner, number, heard(marks).people)


def _feed_with_owner(session: Session, number: int) -> Feed:
    with_owner = (joinedload(Feed.person).options(*WITH_WHAT_THEY_DO), joinedload(Feed.venue))
    question = select(Feed).where(Feed.id == number).options(*with_owner)
    return session.scalars(question).unique().one()


# Put together once, for calendar apps ask every hour.
_PROOF = (
    select(Feed.id, *MARKS)
    .outerjoin_from(Feed, Pulse, true())
    .where(Feed.token_hash == bindparam("hash"), Feed.withdrawn_at.is_(None))
)


def houses_among(houses: set[int] | None) -> Sequence[Venue]:
    """Houses by their ids, all of them for None, by name."""
    question = select(Venue).order_by(Venue.name, Venue.id)
    if houses is not None:
        question = question.where(Venue.id.in_(houses))
    return db.session.scalars(question).all()


def _standing(which: ColumnElement[bool]) -> Feed:
    found = db.session.scalar(
        select(Feed)
        .where(which, Feed.withdrawn_at.is_(None))
        .options(joinedload(Feed.person), joinedload(Feed.venue))
    )
    if found is None:
        raise NotFound
    return found
