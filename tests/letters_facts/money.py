"""What letters about invoices, payments and deposits are filled with."""

from typing import Any

from tests.letters_facts.bookings import DESK

INVOICE: dict[str, Any] = {
    "invoice_name": "DM-2026-0007",
    "corrects_name": "DM-2026-0003",
    "issued_iso": "2026-03-14T00:00:00+01:00",
    "due_iso": "2026-03-28T00:00:00+01:00",
    "total_cents": 7500,
    "open_cents": 7500,
    "original_open_cents": -2500,
    "iban": "NL91 ABNA 0417 1643 00",
    "holder": "Stichting De Meevaart",
    "reference": "RF65 1202 6000 007",
    "link": "https://buurthuis.example/invoices/7",
}

OF_MONEY: dict[str, dict[str, Any]] = {
    "invoice": INVOICE,
    "credit_note": INVOICE,
    "invoice_reminder": {**INVOICE, "reminder": 2},
    "money_back": {
        "cents": 3750,
        "means": "online",
        "reason": "Jullie zegden op tijd af.",
        "invoice_name": "DM-2026-0007",
        "deposit_of": "",
    },
    "paid_for_nothing": {"cents": 3750, "is_booking": True, "invoice_name": "", "why": "taken"},
    "payment_failed": {
        "asked_cents": 3750,
        "is_booking": True,
        "invoice_name": "",
        "until_iso": "2026-03-04T14:40:00+01:00",
    },
    "payment_arrived": {
        "asked_cents": 3750,
        "invoice_name": "DM-2026-0007",
        "link": "https://buurthuis.example/invoices/7",
    },
    "payment_flagged": {
        **DESK,
        "asked_cents": 3750,
        "paid_cents": 1200,
        "paid_currency": "eur",
        "flag": "amount",
        "is_booking": True,
        "invoice_name": "",
        "link": "https://buurthuis.example/pay/7/back",
    },
    "deposit_kept": {
        "cents": 2500,
        "reason": "Er was een stoel stuk.",
        "left_cents": 12500,
    },
}
"""What each needs on top of a booking."""
