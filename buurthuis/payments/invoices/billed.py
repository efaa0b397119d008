"""What was billed for bookings so far: which invoice still carries how much of each."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select

from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Invoice, InvoiceLine
from buurthuis.rules.paying.billing import Part, Rate, parted


@dataclass(slots=True)
class Billed:
    """What was billed for one booking, invoice by invoice; what was credited is off already."""

    by_invoice: dict[int, dict[Rate, Part]] = field(default_factory=dict)
    is_begun: bool = False
    """It was billed before, even if all of that was credited."""

    @property
    def parts(self) -> list[Part]:
        """All of it, to be compared with what it costs by now."""
        return [part for rates in self.by_invoice.values() for part in rates.values()]

    def to_take(self, wanted: Part) -> Iterator[tuple[int, Part]]:
        """Off which invoices so much comes, newest first, none of them more than it carries."""
        carried = [
            (number, rates[wanted.rate])
            for number, rates in sorted(self.by_invoice.items(), reverse=True)
            if wanted.rate in rates
        ]
        yield from parted(wanted, carried)


def billed_for(booking_ids: Collection[int]) -> dict[int, Billed]:
    """The same for each of these bookings, by its id; those never billed are there as well."""
    carrier = func.coalesce(Invoice.corrects_id, Invoice.id)
    sums = [func.sum(getattr(InvoiceLine, name)) for name in ("cents", "vat_cents", "given_cents")]
    asked = (
        select(InvoiceLine.booking_id, carrier, Invoice.kind, InvoiceLine.vat_bp, *sums)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(InvoiceLine.booking_id.in_(booking_ids))
        .group_by(InvoiceLine.booking_id, carrier, Invoice.kind, InvoiceLine.vat_bp)
    )
    found: dict[int, Billed] = {each: Billed() for each in booking_ids}
    amounts: dict[tuple[int, int, Rate], list[int]] = defaultdict(lambda: [0, 0, 0])
    for booking_id, invoice_id, kind, rate, *row in db.session.execute(asked):
        found[booking_id].is_begun = True
        so_far = amounts[booking_id, invoice_id, rate]
        amounts[booking_id, invoice_id, rate] = [
            a + kind.sign * int(b) for a, b in zip(so_far, row, strict=True)
        ]
    for (booking_id, invoice_id, rate), (cents, vat, given) in amounts.items():
        rates = found[booking_id].by_invoice.setdefault(invoice_id, {})
        rates[rate] = Part(rate, cents, vat, given)
    return found
