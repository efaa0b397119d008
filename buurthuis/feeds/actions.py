"""The verbs of subscriptions: make one and withdraw it; one transaction each."""

from dataclasses import dataclass

from buurthuis.accounts.hashes import new_token, token_hash
from buurthuis.accounts.models import Person
from buurthuis.feeds import queries
from buurthuis.feeds.models import Feed, FeedKind
from buurthuis.feeds.rights import owns, reads, renews
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class Scope:
    """What a subscription shows: a kind, and the initiative or house it is about."""

    kind: FeedKind
    initiative_id: int | None = None
    venue_id: int | None = None


@action
def make(scope: Scope, *, name: str, by: Person) -> str:
    """Make a subscription and return its token, which is shown this once and kept as a hash.

    Raises:
        NotFound: the person may not see what it would show.
    """
    token = new_token()
    feed = Feed(
        person_id=by.id,
        person=by,
        kind=scope.kind,
        initiative_id=scope.initiative_id,
        venue_id=scope.venue_id,
        name=name,
        token_hash=token_hash(token),
        made_at=clock.now(),
    )
    db.session.add(feed)
    db.session.flush()
    if not reads(by, feed):
        raise NotFound
    logbook.note("feed.made", feed, by=by, venue_id=scope.venue_id, kind=str(scope.kind))
    return token


@action
def renew(feed_id: int, *, by: Person) -> str:
    """Give a subscription another token and return it; the old link serves nothing any more.

    Raises:
        NotFound: it is somebody else's, or withdrawn, or they may not see it any more.
    """
    feed = queries.feed(feed_id)
    if not renews(by, feed):
        raise NotFound
    token = new_token()
    feed.token_hash, feed.made_at = token_hash(token), clock.now()
    logbook.note("feed.renewed", feed, by=by, venue_id=feed.venue_id)
    return token


@action
def withdraw(feed_id: int, *, by: Person) -> None:
    """End a subscription: from the next request on its link serves nothing.

    Raises:
        NotFound: it is somebody else's, or withdrawn already.
    """
    feed = queries.feed(feed_id)
    if not owns(by, feed):
        raise NotFound
    feed.withdrawn_at = clock.now()
    logbook.note("feed.withdrawn", feed, by=by, venue_id=feed.venue_id)
