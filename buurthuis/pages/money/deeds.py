"""What a treasurer does with an invoice: write down money, let it go, ask once more, take a payment back."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from buurthuis.bookings.door import per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.formatting import euros
from buurthuis.foundation.telling import refusals_told
from buurthuis.pages.money import invoice_queries as asked
from buurthuis.pages.money.door import Answer, own
from buurthuis.pages.money.forms import LetGoForm, ReceivedForm
from buurthuis.pages.money.invoice import invoice_page
from buurthuis.payments.invoices import actions
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.queries import invoice as invoice_by_id
from buurthuis.payments.receiving import actions as receiving
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refusals import AsksOtherwise
from buurthuis.rules.calendar import day_of


@own.post("/invoices/<int:invoice_id>/received")
@needs("money.do", invoice_by_id)
@per_person
def receive(invoice: Invoice) -> Answer:
    """Money came in for it: cash, by card, or by bank without a statement."""
    form = ReceivedForm.about(invoice).offer()
    if not form.is_right(day_of(clock.now())):
        return invoice_page(invoice, received=form), 422
    with refusals_told(look="danger"):
        receiving.receive_at_desk(
            invoice.venue,
            form.means.data,
            form.cents.data,
            by=visitor(),
            invoice_ids=[invoice.id],
            received_on=form.day.data,
            note=form.note.data or "",
            seen_cents=form.seen_cents,
        )
        flash(_("Written down: %(amount)s.", amount=euros(form.cents.data)), "ok")
    return _back(invoice)


@own.post("/invoices/<int:invoice_id>/let-go")
@needs("money.do", invoice_by_id)
@per_person
def let_go(invoice: Invoice) -> Answer:
    """The house asks no more for it, or less."""
    form = LetGoForm.about(invoice)
    if not form.validate():
        return invoice_page(invoice, letting_go=form), 422
    try:
        actions.write_off(
            invoice.id,
            form.no_more.data,
            form.reason.data,
            by=visitor(),
            seen_cents=form.seen_cents,
        )
    except AsksOtherwise as refusal:
        flash(sentence_of(refusal), "danger")
        return _back(invoice)
    except Refusal as refusal:
        form.wrong(form.no_more, sentence_of(refusal))
        return invoice_page(invoice, letting_go=form), refusal.status
    flash(_("Let go: %(amount)s.", amount=euros(form.no_more.data)), "ok")
    return _back(invoice)


@own.post("/invoices/<int:invoice_id>/ask-after-all")
@needs("money.do", invoice_by_id)
@per_person
def ask_after_all(invoice: Invoice) -> Answer:
    """The house asks again what it had let go."""
    with refusals_told(look="danger"):
        back = actions.ask_after_all(invoice.id, by=visitor())
        flash(_("The house asks %(amount)s again.", amount=euros(-back.cents)), "ok")
    return _back(invoice)


@own.post("/invoices/<int:invoice_id>/remind")
@needs("money.do", invoice_by_id)
@per_person
def remind(invoice: Invoice) -> Answer:
    """Ask the group for it once more."""
    with refusals_told(look="danger"):
        actions.remind(invoice.id, by=visitor())
        flash(_("A letter is on its way."), "ok")
    return _back(invoice)


@own.post("/payments/<int:payment_id>/undo")
@needs("money.do", asked.payment_by_id)
@per_person
def undo(payment: Payment) -> Answer:
    """It was written down by mistake."""
    invoice, slug = asked.invoice_of(payment), payment.venue.slug
    with refusals_told(look="danger"):
        receiving.undo(payment.id, by=visitor())
        flash(_("Taken back. It stays in the books, with the mistake put right."), "ok")
    return (
        redirect(url_for("money.overview", slug=slug), 303) if invoice is None else _back(invoice)
    )


def _back(invoice: Invoice) -> Answer:
    return redirect(url_for("invoices.show", invoice_id=invoice.id), 303)
