"""Where the provider brings its news: read as it came, kept once, and then asked after."""

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from buurthuis.foundation import clock
from buurthuis.foundation.access import public
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.security import csrf, limiter, takes_any_body
from buurthuis.payments import stripe_gateway as gateway
from buurthuis.payments.checkout import inbox
from buurthuis.payments.door import blueprint
from buurthuis.payments.provider import LARGEST_EVENT, BadEvent, NotSigned
from buurthuis.venues.queries import venue_by_slug

KEPT, NOT_OURS, TOO_LARGE = ("", 200), ("", 400), ("", 413)


@blueprint.post("/stripe/webhook/<slug>")
@public
@csrf.exempt  # type: ignore[untyped-decorator]
@takes_any_body
@limiter.limit("1200 per minute")
def webhook(slug: str) -> tuple[str, int]:
    """Keep an event that was signed for this house; what is not an event changes nothing.

    It is answered as soon as it is kept: what it leads to is tried again by the worker.
    """
    venue, account = venue_by_slug(slug), gateway.account_for(slug)
    if account is None:
        raise NotFound
    request.max_content_length = LARGEST_EVENT
    try:
        raw = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return TOO_LARGE
    signature = request.headers.get("Stripe-Signature", "")
    try:
        event = gateway.event(account, raw, signature, clock.now())
    except (NotSigned, BadEvent):
        return NOT_OURS
    if inbox.take_in(venue.id, event):
        inbox.follow_up_on(event.id)
    return KEPT
