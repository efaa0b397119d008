"""Billing a booking: once, with all it costs; later only what is different."""

from tests.payments.builders import bill_now, billed_booking


def test_a_booking_is_billed_once(app):
    booking, invoice = billed_booking()

    assert invoice.total_cents == 2000
    assert bill_now(booking) == []
    print(invoice.name, invoice.reference, [line.text for line in invoice.lines], invoice.seller)
