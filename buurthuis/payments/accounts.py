"""The accounts in which the money of houses arrives that was paid online, as the settings say."""

from flask import current_app

from buurthuis.bookings.paying import offers_online
from buurthuis.foundation.settings import Settings
from buurthuis.payments.provider import Account


def account_for(venue_slug: str) -> Account | None:
    """The account of a house; None where nothing is offered online."""
    settings: Settings = current_app.config["BUURTHUIS"]
    keys = settings.stripe.of(venue_slug)
    if keys is None:
        return None
    own = settings.stripe
    return Account(venue_slug, keys.key, keys.secret, keys.is_live, own.base, own.pages)


@offers_online
def is_offered_online(venue_slug: str) -> bool:
    """One can pay this house online."""
    return account_for(venue_slug) is not None
