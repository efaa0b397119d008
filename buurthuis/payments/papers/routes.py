"""Papers of money as files: invoices for people and for programs, and what a use was worth."""

import re
from typing import Final

from flask import Response, make_response

from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import booking as booking_by_id
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.queries import series as series_by_id
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.links import absolute
from buurthuis.payments.door import blueprint
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.queries import invoice as invoice_by_id
from buurthuis.payments.papers.electronic import has_file, structured
from buurthuis.payments.papers.paper import paper_of
from buurthuis.payments.papers.refusals import NothingUsed
from buurthuis.payments.papers.uses import Use, of_booking, of_series, of_year
from buurthuis.payments.papers.value import value_statement
from buurthuis.rules.calendar import day_of

PDF: Final = "application/pdf"
XML: Final = "application/xml"


@blueprint.get("/invoices/<int:invoice_id>.pdf")
@needs("invoice.see", invoice_by_id)
def invoice_paper(invoice: Invoice) -> Response:
    """The invoice on paper; a debt from before was written by another program."""
    if invoice.kind is Kind.OPENING:
        raise NotFound
    address = absolute("invoices.show", invoice_id=invoice.id)
    return _file(paper_of(invoice, address), f"{invoice.name}.pdf", PDF)


@blueprint.get("/invoices/<int:invoice_id>.xml")
@needs("invoice.see", invoice_by_id)
def invoice_file(invoice: Invoice) -> Response:
    """The invoice for programs."""
    if not has_file(invoice):
        raise NotFound
    return _file(structured(invoice), f"{invoice.name}.xml", XML, "attachment")


@blueprint.get("/me/bookings/<int:booking_id>/value.pdf")
@needs("booking.read", booking_by_id)
def value_of_booking(booking: Booking) -> Response:
    """What this booking is worth."""
    return _value(of_booking(booking), str(booking.id))


@blueprint.get("/me/series/<int:series_id>/value.pdf")
@needs("series.read", series_by_id)
def value_of_series(series: Series) -> Response:
    """What all days of a series are worth together."""
    return _value(of_series(series), f"reeks-{series.id}")


@blueprint.get("/initiatives/<int:initiative_id>/value/<int:year>.pdf")
@needs("value.see", of_year)
def value_of_year(use: Use) -> Response:
    """What a group used in a year was worth."""
    return _value(use, str(use.year))


def _value(use: Use, name: str) -> Response:
    if not use.bookings:
        raise NothingUsed
    drawn = value_statement(use, made_on=day_of(clock.now()))
    return _file(drawn, f"waarde-{name}.pdf", PDF)


def _file(content: bytes, name: str, kind: str, way: str = "inline") -> Response:
    """A file that a browser shows, or saves under its name, and that nobody in between keeps."""
    answer = make_response(content)
    answer.mimetype = kind
    plain = re.sub(r"[^A-Za-z0-9._-]", "-", name)
    answer.headers["Content-Disposition"] = f'{way}; filename="{plain}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
