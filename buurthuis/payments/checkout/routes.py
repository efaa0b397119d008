"""The pages of paying online: begin, come back, look again, choose another way; and what a person decides."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.bookings import paying
from buurthuis.bookings import queries as bookings
from buurthuis.bookings.door import Page, per_person
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.telling import refusals_told
from buurthuis.payments.checkout import actions, asking, deciding, queries
from buurthuis.payments.checkout import sentences as sentences
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.checkout.refusals import NoOnlinePaying
from buurthuis.payments.checkout.rights import pays
from buurthuis.payments.door import blueprint
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.queries import invoice, open_cents
from buurthuis.payments.provider import ProviderDown
from buurthuis.payments.words import FLAGS
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.checkout import Flag, State

FOR_BOOKING = "/bookings/<int:booking_id>/pay"
FOR_INVOICE = "/invoices/<int:invoice_id>/pay"
ATTEMPT = "/pay/<int:checkout_id>"
AGAIN_SECONDS = (1, 4, 10, 20)
"""The page asks by itself so long after it was drawn, ever more seldom; then a person presses."""


@blueprint.get(FOR_BOOKING)
@needs("booking.pay", bookings.booking)
def pay(booking: Booking) -> Page:
    """What is to be paid, until when the place is kept, and which other ways there are."""
    together, now = paying.paid_together(booking), clock.now()
    held = [each for each in together if each.is_pay_hold]
    attempts = queries.attempts_for(booking_ids=[each.id for each in together])
    if not held:
        return redirect(url_for("bookings.show", booking_id=booking.id), 303)
    if attempts and attempts[0].state is State.PENDING:
        return redirect(_back_url(attempts[0]), 303)
    until = min(each.expires_at or now for each in held)
    return render_template(
        "payments/pay.html",
        booking=booking,
        venue=booking.venue,
        held=held,
        asked=paying.asked_for(booking),
        until=until,
        is_today=day_of(until) == day_of(now),
        is_over=until <= now,
        has_failed=bool(attempts) and attempts[0].state is State.FAILED,
        is_online=paying.is_offered_online(booking.venue.slug),
    )


@blueprint.post(FOR_BOOKING)
@needs("booking.pay", bookings.booking)
@per_person
def pay_now(booking: Booking) -> Page:
    """To the page of the provider; this attempt, or the one that was begun before."""
    here = url_for("payments.pay", booking_id=booking.id)
    with refusals_told():
        return _to_provider(actions.begin_for_booking(booking.id, by=visitor()))
    return redirect(here, 303)


@blueprint.get(FOR_INVOICE)
@needs("invoice.pay", invoice)
def pay_invoice(bill: Invoice) -> Page:
    """What is still to be paid of an invoice."""
    asked = open_cents([bill.id]).get(bill.id, 0)
    live = queries.live_attempt(invoice_id=bill.id)
    if live is not None and live.state is State.PENDING:
        return redirect(_back_url(live), 303)
    if asked <= 0:
        return redirect(url_for("invoices.show", invoice_id=bill.id), 303)
    return render_template(
        "payments/pay_invoice.html",
        invoice=bill,
        venue=bill.venue,
        cents=asked,
        is_online=paying.is_offered_online(bill.venue.slug),
    )


@blueprint.post(FOR_INVOICE)
@needs("invoice.pay", invoice)
@per_person
def pay_invoice_now(bill: Invoice) -> Page:
    """To the page of the provider, for an invoice."""
    with refusals_told():
        return _to_provider(actions.begin_for_invoice(bill.id, by=visitor()))
    return redirect(url_for("payments.pay_invoice", invoice_id=bill.id), 303)


@blueprint.get(ATTEMPT + "/back")
@needs("checkout.see", queries.checkout)
def back(attempt: Checkout) -> Page:
    """How a payment stands as far as we know; looking at this page confirms nothing."""
    return render_template("payments/back.html", **_shown(attempt))


@blueprint.post(ATTEMPT + "/back")
@needs("checkout.see", queries.checkout)
@per_person
def look_again(attempt: Checkout) -> Page:
    """Ask the provider how it stands."""
    number, turn = attempt.id, min(request.args.get("again", 0, type=int), len(AGAIN_SECONDS))
    try:
        asking.look(number)
    except (ProviderDown, NoOnlinePaying):
        flash(_("The payment service does not answer now. We look again by ourselves."), "info")
    return redirect(url_for("payments.back", checkout_id=number, again=max(0, turn) + 1), 303)


@blueprint.post(ATTEMPT + "/count")
@needs("checkout.decide", queries.checkout)
@per_person
def count_it(attempt: Checkout) -> Page:
    """A person says that what was paid counts."""
    with refusals_told():
        deciding.count_it(attempt.id, by=visitor())
        flash(_("It counts. What is still open stands on the invoice."), "ok")
    return redirect(_back_url(attempt), 303)


@blueprint.post(ATTEMPT + "/give-back")
@needs("checkout.decide", queries.checkout)
@per_person
def give_it_back(attempt: Checkout) -> Page:
    """A person gives back what was paid."""
    with refusals_told():
        deciding.give_it_back(attempt.id, by=visitor())
        flash(_("The money goes back. The payer gets an e-mail."), "ok")
    return redirect(_back_url(attempt), 303)


@blueprint.post(ATTEMPT + "/set-aside")
@needs("checkout.decide", queries.checkout)
@per_person
def set_aside(attempt: Checkout) -> Page:
    """A person settled it elsewhere."""
    with refusals_told():
        deciding.set_aside(attempt.id, by=visitor())
        flash(_("Set aside. Nothing was written in the books."), "ok")
    return redirect(_back_url(attempt), 303)


def _to_provider(attempt: Checkout) -> Page:
    """Where one pays; an attempt whose page is over, or whose money is on its way, tells how it stands."""
    if attempt.state is State.PENDING or (attempt.address and attempt.closes_at <= clock.now()):
        return redirect(_back_url(attempt), 303)
    return redirect(asking.open_page(attempt.id), 303)


def _back_url(attempt: Checkout) -> str:
    return url_for("payments.back", checkout_id=attempt.id)


def _shown(attempt: Checkout) -> dict[str, Any]:
    person, turn = visitor(), request.args.get("again", 0, type=int)
    waits = attempt.state in {State.OPENING, State.OPEN} and 0 <= turn < len(AGAIN_SECONDS)
    return {
        "attempt": attempt,
        "venue": attempt.venue,
        "booking": attempt.booking,
        "invoice": attempt.invoice,
        "is_payer": pays(person, attempt),
        "again_seconds": AGAIN_SECONDS[turn] if waits and pays(person, attempt) else None,
        "turn": turn,
        "kept_until": _kept_until(attempt),
        "flag": None if attempt.flag is None else FLAGS[attempt.flag],
        "decides": may(person, "checkout.decide", attempt) and attempt.state is State.FLAGGED,
        "is_amount": attempt.flag is Flag.AMOUNT,
    }


def _kept_until(attempt: Checkout) -> datetime | None:
    """Until when the place is still kept, for whoever did not pay yet."""
    booking = attempt.booking
    return booking.expires_at if booking is not None and booking.is_pay_hold else None
