"""Letters about invoices: here it is, and it is still to be paid."""

from collections.abc import Iterable, Sequence
from typing import Any

from stdnum import iban, iso11649

from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.parties import Reader, parties_of, readers_of
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.rules.calendar import moment, rfc3339
from buurthuis.rules.money import Cents


def issued(invoices: Iterable[Invoice]) -> None:
    """Each group hears of its invoices and credit notes; a debt from before it knows already."""
    every = [each for each in invoices if each.kind is not Kind.OPENING]
    if not every:
        return
    still = open_cents([each.corrects_id or each.id for each in every])
    parties = parties_of(each.initiative for each in every)
    for each in every:
        readers = parties[each.initiative_id].readers
        if each.corrects_id is None:
            _post("invoice", each, readers, open_cents=still[each.id])
        else:
            _post("credit_note", each, readers, original_open_cents=still[each.corrects_id])


def reminded(invoice: Invoice, still: Cents, number: int) -> None:
    """The group hears that it still has to pay."""
    readers = readers_of(invoice.initiative)
    _post("invoice_reminder", invoice, readers, open_cents=still, reminder=number)


def _post(template: str, invoice: Invoice, readers: Sequence[Reader], **more: Any) -> None:
    facts = facts_of(invoice)
    for reader in readers:
        about_reader = {"person_name": reader.name, **facts, **more}
        outbox.post(template, reader.email, reader.language, about_reader)


def facts_of(invoice: Invoice) -> dict[str, Any]:
    """What a letter may say about an invoice, as plain values."""
    venue, seller = invoice.venue, invoice.seller
    corrects = invoice.corrects
    return {
        "invoice_name": invoice.name,
        "corrects_name": "" if corrects is None else corrects.name,
        "initiative_name": invoice.initiative.name,
        "venue_name": venue.name,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
        "venue_address": venue.address,
        "issued_iso": rfc3339(moment(invoice.issued_on, 0)),
        "due_iso": rfc3339(moment(invoice.due_on, 0)),
        "total_cents": invoice.total_cents,
        "iban": iban.format(seller.get("iban", "")),
        "holder": seller.get("holder", "") or venue.name,
        "reference": iso11649.format(invoice.reference),
        "link": absolute("invoices.show", invoice_id=invoice.id),
    }
