"""Asking the provider: opening a page to pay, and looking how a payment stands; no transaction is open then."""

import logging
from collections.abc import Callable
from functools import partial

from flask_babel import force_locale
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.formatting import when
from buurthuis.foundation.links import absolute
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.payments import stripe_gateway as gateway
from buurthuis.payments.checkout import actions, queries
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.checkout.refusals import NoOnlinePaying, NotToBePaid, PageUnreachable
from buurthuis.payments.provider import Account, ProviderDown, ProviderRefused, Session
from buurthuis.rules.paying.checkout import LIVE, Place, State, Step

log = logging.getLogger(__name__)


def open_page(checkout_id: int) -> str:
    """Where one pays for this attempt; who asks again gets the same page.

    Raises:
        PageUnreachable: the provider does not answer, or will not make this page now; try again.
        NotToBePaid: the attempt is over.
        NoOnlinePaying
    """
    attempt = queries.checkout(checkout_id)
    if attempt.state not in LIVE or attempt.state is State.PENDING:
        raise NotToBePaid
    if attempt.address:
        return attempt.address
    ask_for_page = _page_for(_account(attempt.venue.slug), attempt)
    _close_transaction()
    try:
        session = ask_for_page()
    except ProviderDown as trouble:
        log.warning("no page to pay for attempt %s: %s", checkout_id, trouble)
        raise PageUnreachable from None
    except ProviderRefused as refusal:
        log.warning("attempt %s was refused: %s", checkout_id, refusal.code)
        actions.never_opened(checkout_id)
        raise PageUnreachable from None
    address = actions.opened(checkout_id, session).address
    if not address:  # It ended while we asked.
        raise NotToBePaid
    return address


def look(checkout_id: int) -> State:
    """Ask how a payment stands and do what follows; says how the attempt stands then.

    Raises:
        ProviderDown: nobody knows; ask again later.
        NoOnlinePaying: the house has no account any more.
    """
    attempt = queries.checkout(checkout_id)
    session_id, slug = attempt.session_id, attempt.venue.slug
    if session_id is None:
        return _never_seen(attempt)
    account = _account(slug)
    _close_transaction()
    step = _hear(checkout_id, _asked(account, session_id))
    if step is Step.CLOSE:
        _hear(checkout_id, gateway.expire_session(account, session_id))
    return queries.checkout(checkout_id).state


def _hear(checkout_id: int, session: Session) -> Step:
    try:
        return actions.take_note(checkout_id, session).step
    except RoomTaken:
        return actions.take_note(checkout_id, session, Place.TAKEN).step


def _asked(account: Account, session_id: str) -> Session:
    try:
        return gateway.session(account, session_id)
    except ProviderRefused as refusal:
        # A page that we made is there: another key, or a fault of theirs. Ask again later.
        raise ProviderDown(f"refused: {refusal.code}") from None


def _never_seen(attempt: Checkout) -> State:
    """Nobody was ever sent to a page of it, so there is nothing to ask; it ends with its time."""
    if attempt.state is State.OPENING and attempt.closes_at <= clock.now():
        number = attempt.id
        _close_transaction()
        actions.give_up(number)
        return queries.checkout(number).state
    return attempt.state


def _account(slug: str) -> Account:
    account = gateway.account_for(slug)
    if account is None:
        raise NoOnlinePaying
    return account


def _close_transaction() -> None:
    """Nothing may stay open while we talk to somebody else; what was read is read again."""
    db.session.rollback()


def _page_for(account: Account, attempt: Checkout) -> Callable[[], Session]:
    """Asks the provider for the page, by what was read; the same again, however often it asks."""
    person, booking, invoice = attempt.person, attempt.booking, attempt.invoice
    with force_locale(person.language):
        if booking is not None:
            text = f"{attempt.venue.name}, {booking.room.name}: {when(booking)}"
        else:
            text = f"{attempt.venue.name}: {invoice.name if invoice else ''}"
        lines = [(text, attempt.cents), (_("Deposit, you get it back"), attempt.deposit_cents)]
    if booking is not None:
        cancel_url = absolute("payments.pay", booking_id=booking.id)
    else:
        cancel_url = absolute("payments.pay_invoice", invoice_id=attempt.invoice_id)
    return partial(
        gateway.create_session,
        account,
        mark=attempt.mark,
        lines=[(text, cents) for text, cents in lines if cents],
        currency=attempt.currency,
        locale=person.language,
        metadata={"house": attempt.venue.slug, "checkout": str(attempt.id)},
        closes_at=attempt.closes_at,
        success_url=absolute("payments.back", checkout_id=attempt.id),
        cancel_url=cancel_url,
        email=person.email,
    )
