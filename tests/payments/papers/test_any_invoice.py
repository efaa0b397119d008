"""Whatever stands on an invoice, its file keeps the rules of the standard and adds up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from buurthuis.payments.invoices.models import Kind
from buurthuis.payments.papers.electronic import structured
from tests.payments.papers.checked import Read, broken_rules
from tests.payments.papers.documents import GROUP, HOUSE, a_document, a_line, taxed

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

NAMES = st.text(max_size=40)
LINES = st.builds(
    a_line,
    NAMES,
    st.integers(-3000, 90_000),
    st.sampled_from([None, 0, 900, 2100]),
    booking_id=st.sampled_from([None, 1, 2]),
    quantity=st.decimals("0.01", "99", places=2),
    supplied_on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
SELLERS = st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES.filter(str.strip),
        "exemption": NAMES,
        "street": NAMES,
        "vat_number": st.sampled_from(["", "NL001234567B01", "001234567B01", "nl001234567.b.01"]),
    },
)
BUYERS = st.fixed_dictionaries(
    {},
    optional={
        "legal_name": NAMES,
        "attention": NAMES,
        "order_text": NAMES,
        "kvk_number": st.sampled_from(["", "87654321", "zelf niet"]),
        "email": st.sampled_from(["", "bram@buren.example"]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(LINES, min_size=1, max_size=8),
    SELLERS,
    BUYERS,
    st.sampled_from([None, Kind.CREDIT_NOTE]),
)
def test_any_invoice_keeps_the_rules_and_adds_up(app, lines, seller, buyer, kind):
    assume(sum(line.cents + line.vat_cents for line in lines) > 0)
    more = {"kind": kind, "corrects": taxed()} if kind else {}
    with app.app_context():
        invoice = a_document(*lines, seller={**HOUSE, **seller}, buyer={**GROUP, **buyer}, **more)
        file = structured(invoice)

    assert broken_rules(file) == []
    read = Read(file)
    assert read.amount("LegalMonetaryTotal/PayableAmount") == Decimal(invoice.total_cents) / 100
    assert sum(read.amounts("TaxSubtotal/TaxAmount")) == Decimal(invoice.vat_cents) / 100
    assert min(read.amounts("Price/PriceAmount"), default=0) >= 0
