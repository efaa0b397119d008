"""One invoice: what stands on it, how it stands, how to pay it, and what happened with it."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import render_template, url_for
from flask_babel import gettext as _

from buurthuis.bookings.paying import is_offered_online
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.pages.money import invoice_queries as asked
from buurthuis.pages.money.door import address_if_known, own
from buurthuis.pages.money.forms import LetGoForm, ReceivedForm
from buurthuis.pages.money.invoice_queries import Turn
from buurthuis.pages.money.list_queries import state_of
from buurthuis.pages.money.transfer import transfer_for
from buurthuis.payments.invoices.models import Invoice, InvoiceLine, Kind
from buurthuis.payments.invoices.queries import invoice as invoice_by_id
from buurthuis.payments.words import MEANS, REFUNDS
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.open_items import How
from buurthuis.rules.paying.ways import Means


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of what happened: the day, what, how much it settled, and the payment that may be undone."""

    day: date
    words: str
    cents: Cents | None = None
    url: str | None = None
    undo: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """The lines of one booking, with the way to it; or a line that is for none."""

    lines: tuple[InvoiceLine, ...]
    url: str | None

    @property
    def cents(self) -> Cents:
        """All together, without VAT."""
        return sum(line.cents for line in self.lines)

    @property
    def rates(self) -> list[int | None]:
        """The rates of VAT, each once."""
        return list(dict.fromkeys(line.vat_bp for line in self.lines))


@own.get("/invoices/<int:invoice_id>")
@needs("invoice.see", invoice_by_id)
def show(invoice: Invoice) -> str:
    """One invoice, for the house and for the group."""
    return invoice_page(invoice)


def invoice_page(
    invoice: Invoice, *, received: ReceivedForm | None = None, letting_go: LetGoForm | None = None
) -> str:
    """The page of an invoice, with the forms of the treasurer as they were typed."""
    today = day_of(clock.now())
    turns = asked.turns_of(invoice)
    is_credit_note = invoice.kind == Kind.CREDIT_NOTE
    open_cents = 0 if is_credit_note else asked.open_cents(invoice, turns)
    is_house = may(visitor(), "money.see", invoice)
    does_money = may(visitor(), "money.do", invoice)
    return render_template(
        "money/invoice.html",
        invoice=invoice,
        venue=invoice.venue,
        today=today,
        is_house=is_house,
        does_money=does_money,
        pays=may(visitor(), "invoice.pay", invoice),
        open_cents=open_cents,
        let_go_cents=asked.let_go_cents(turns) if does_money else 0,
        state=state_of(invoice, open_cents, today),
        items=_items(invoice),
        rates=_rates(invoice),
        deeds=_deeds(invoice, turns, does_money=does_money),
        transfer=transfer_for(invoice, open_cents),
        online_url=_online(invoice, open_cents),
        refunds_url=address_if_known("money.refunds", slug=invoice.venue.slug),
        papers=_papers(invoice),
        received=received or _received(invoice, open_cents, today),
        letting_go=letting_go
        or LetGoForm.about(invoice, formdata=None, no_more=open_cents, seen=open_cents),
    )


def _received(invoice: Invoice, open_cents: Cents, today: date) -> ReceivedForm:
    asked_for = {"cents": max(0, open_cents) or None, "seen": open_cents}
    facts = {**asked_for, "means": Means.CARD, "day": today}
    return ReceivedForm.about(invoice, formdata=None, **facts).offer()


def _items(invoice: Invoice) -> list[Item]:
    """What stands on it, a booking with all its lines as one; whoever may see that is led to it."""
    sees_desk = may(visitor(), "desk.see", invoice.venue)

    def address(booking_id: int | None) -> str | None:
        if booking_id is None:
            return None
        if sees_desk:
            return url_for("desk.booking", slug=invoice.venue.slug, booking_id=booking_id)
        return url_for("bookings.show", booking_id=booking_id)

    together = groupby(invoice.lines, key=lambda each: each.booking_id or -each.id)
    return [
        Item(tuple(lines), address(lines[0].booking_id))
        for _number, of_one in together
        for lines in [list(of_one)]
    ]


def _rates(invoice: Invoice) -> list[tuple[int | None, Cents, Cents]]:
    """What falls under each rate of VAT, and its VAT; without any VAT there is nothing to tell."""
    found: dict[int | None, list[int]] = {}
    for line in invoice.lines:
        sums = found.setdefault(line.vat_bp, [0, 0])
        sums[0] += line.cents
        sums[1] += line.vat_cents
    ordered = sorted(found.items(), key=lambda each: -1 if each[0] is None else each[0])
    return [(rate, net, vat) for rate, (net, vat) in ordered]


def _deeds(invoice: Invoice, turns: list[Turn], *, does_money: bool) -> list[Deed]:
    """What happened with it, in the order of the days."""
    begun = _("The debt was written down") if invoice.number is None else _("The invoice was made")
    if invoice.kind == Kind.CREDIT_NOTE:
        begun = _("The credit note was made")
    deeds = [Deed(invoice.issued_on, begun)]
    deeds += [
        Deed(day_of(each.sent_at), _("A letter asked for it once more"))
        for each in asked.reminders_of(invoice)
    ]
    deeds += [_deed(turn, does_money=does_money) for turn in turns]
    return sorted(deeds, key=lambda deed: deed.day)


def _deed(turn: Turn, *, does_money: bool) -> Deed:
    row = turn.settlement
    if row.how == How.CREDIT and turn.credit_note is not None:
        note = turn.credit_note
        words = _("Credit note %(name)s", name=note.name)
        return Deed(turn.day, words, row.cents, url_for("invoices.show", invoice_id=note.id))
    if row.how == How.WRITE_OFF:
        words = _("Let go: %(reason)s", reason=row.reason)
        return Deed(
            turn.day, words if row.cents > 0 else _("What was let go counts again"), row.cents
        )
    if row.how == How.REFUND:
        return Deed(turn.day, _refund_words(turn), row.cents)
    if row.cents < 0:
        return Deed(turn.day, _("Taken back: it was written down by mistake"), row.cents)
    payment = row.payment
    assert payment is not None  # noqa: S101 - the table says so
    words = _("Paid: %(means)s", means=str(MEANS[payment.means]).lower())
    can_undo = does_money and payment.undone_at is None and payment.means != Means.ONLINE
    undo = url_for("invoices.undo", payment_id=payment.id) if can_undo else None
    return Deed(turn.day, words, row.cents, None, undo)


def _refund_words(turn: Turn) -> str:
    if turn.settlement.cents > 0 or turn.refund is None:
        return _("Giving back did not work")
    return str(REFUNDS[turn.refund.state])


def _online(invoice: Invoice, open_cents: Cents) -> str | None:
    """Where it is paid online, where the house offers that."""
    if open_cents <= 0 or not is_offered_online(invoice.venue.slug):
        return None
    return address_if_known("payments.pay_invoice", invoice_id=invoice.id)


def _papers(invoice: Invoice) -> list[tuple[str, str]]:
    """Its papers: to read, and for the books of a firm. A debt from before has its paper elsewhere."""
    if invoice.kind == Kind.OPENING:
        return []
    ways = [
        (_("PDF"), address_if_known("payments.invoice_paper", invoice_id=invoice.id)),
        (_("E-invoice (XML)"), address_if_known("payments.invoice_file", invoice_id=invoice.id)),
    ]
    return [(words, url) for words, url in ways if url]
