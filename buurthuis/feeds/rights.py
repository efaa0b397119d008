"""Who may read a subscription and who may withdraw it; asked again at every request."""

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.rights import manages
from buurthuis.feeds.models import Feed, FeedKind
from buurthuis.foundation.access import rule
from buurthuis.roster.rights import manages_roster


@rule("feed.read")
def reads(person: Person | None, feed: Feed) -> bool:
    """Its owner, for as long as they may still see what it shows."""
    if person is None or not person.is_active or not owns(person, feed):
        return False
    if feed.kind is FeedKind.INITIATIVE:
        return speaks_for(person, feed.initiative_id or 0)
    if feed.kind is FeedKind.HOUSE:
        return feed.venue is not None and manages(person, feed.venue)
    if feed.kind is FeedKind.UNFILLED:
        return feed.venue is not None and manages_roster(person, feed.venue)
    return True


@rule("feed.renew")
def renews(person: Person | None, feed: Feed) -> bool:
    """Its owner, while they may see what it shows."""
    return reads(person, feed)


@rule("feed.withdraw")
def owns(person: Person | None, feed: Feed) -> bool:
    """Whoever made it."""
    return person is not None and feed.person_id == person.id
