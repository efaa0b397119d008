"""The invoice for programs: valid by schema and by the rules of EN 16931, and it adds up."""

from decimal import Decimal

import pytest

from buurthuis.payments.invoices.models import Kind
from buurthuis.payments.papers.electronic import has_file, structured
from tests.payments.papers.checked import Read, broken_rules
from tests.payments.papers.documents import (
    GROUP,
    HOUSE,
    LONG,
    a_document,
    a_line,
    collective,
    credited,
    discounted,
    exempt,
    mixed,
    taxed,
)

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

EVERY = [
    pytest.param(exempt, id="exempt"),
    pytest.param(taxed, id="at 21 %"),
    pytest.param(mixed, id="mixed rates"),
    pytest.param(discounted, id="a discount on the whole"),
    pytest.param(credited, id="a credit note"),
    pytest.param(collective, id="forty lines that round"),
    pytest.param(lambda: mixed(language="en"), id="in English"),
    pytest.param(lambda: exempt(seller={**HOUSE, "vat_number": ""}), id="without a VAT number"),
    pytest.param(lambda: exempt(seller={**HOUSE, "kvk_number": ""}), id="without a trade register"),
    pytest.param(lambda: taxed(seller={**HOUSE, "vat_number": "001234567B01"}), id="short number"),
    pytest.param(lambda: exempt(seller={**HOUSE, "exemption": "Vrij, want."}), id="own reason"),
    pytest.param(
        lambda: exempt(seller={**HOUSE, "iban": "", "holder": ""}), id="without an account"
    ),
    pytest.param(lambda: exempt(buyer={"name": "Buren"}), id="a group without an address"),
    pytest.param(
        lambda: taxed(buyer={**GROUP, "legal_name": LONG, "kvk_number": "87654321"}), id="a firm"
    ),
    pytest.param(
        lambda: taxed(buyer={**GROUP, "order_text": "P-7", "vat_number": "nl 001234567.b.01"}),
        id="an order number",
    ),
    pytest.param(
        lambda: exempt(buyer={"name": "<&\x00\x0b]]>بيت الحي", "attention": "A\ud800B"}),
        id="any letters",
    ),
]


@pytest.fixture(autouse=True)
def _in_the_program(app):
    with app.app_context():
        yield


@pytest.mark.parametrize("document", EVERY)
def test_it_is_valid_by_its_schema_and_keeps_every_rule_of_the_standard(document):
    # Making it checks the schema; the rules are the official ones.
    assert broken_rules(structured(document())) == []


def test_the_rules_are_really_asked():
    broken = structured(taxed()).replace(
        b">NL</cbc:IdentificationCode>", b">XX</cbc:IdentificationCode>"
    )

    assert "BR-CL-14" in broken_rules(broken)


@pytest.mark.parametrize("document", EVERY)
def test_it_adds_up_to_the_cent(document):
    invoice = document()
    read = Read(structured(invoice))
    line = "CreditNoteLine" if invoice.kind is Kind.CREDIT_NOTE else "InvoiceLine"
    whole = sum(
        Decimal(each.findtext("{*}Amount")) for each in read.root.findall("{*}AllowanceCharge")
    )
    taxed_amounts = read.amounts("TaxSubtotal/TaxableAmount")

    net = read.amount("LegalMonetaryTotal/TaxExclusiveAmount")
    assert read.amount("LegalMonetaryTotal/LineExtensionAmount") == sum(
        read.amounts(f"{line}/LineExtensionAmount")
    )
    assert net == read.amount("LegalMonetaryTotal/LineExtensionAmount") - whole
    assert net == sum(taxed_amounts) == Decimal(invoice.net_cents) / 100
    vat = read.amount("TaxTotal/TaxAmount")
    assert vat == sum(read.amounts("TaxSubtotal/TaxAmount")) == Decimal(invoice.vat_cents) / 100
    assert read.amount("LegalMonetaryTotal/TaxInclusiveAmount") == net + vat
    assert read.amount("LegalMonetaryTotal/PayableAmount") == Decimal(invoice.total_cents) / 100


@pytest.mark.parametrize("document", EVERY)
def test_each_line_is_its_number_at_its_price_less_its_discounts(document):
    invoice = document()
    read = Read(structured(invoice))
    credit = invoice.kind is Kind.CREDIT_NOTE
    line, many = (
        ("CreditNoteLine", "CreditedQuantity") if credit else ("InvoiceLine", "InvoicedQuantity")
    )

    for each in read.root.findall(f"{{*}}{line}"):
        price = Decimal(each.findtext("{*}Price/{*}PriceAmount"))
        quantity = Decimal(each.findtext(f"{{*}}{many}"))
        off = sum(Decimal(a.findtext("{*}Amount")) for a in each.findall("{*}AllowanceCharge"))
        assert price >= 0
        net = (price * quantity).quantize(Decimal("0.01"), "ROUND_HALF_UP") - off
        assert Decimal(each.findtext("{*}LineExtensionAmount")) == net


def test_vat_is_at_most_half_a_cent_a_line_from_its_rate():
    invoice = collective()
    read = Read(structured(invoice))
    by_rate = read.amount("TaxSubtotal/TaxableAmount") * Decimal("0.21")

    assert abs(read.amount("TaxSubtotal/TaxAmount") - by_rate) <= Decimal("0.005") * len(
        invoice.lines
    )


def test_a_discount_stands_at_its_line_with_its_reason():
    read = Read(structured(mixed()))

    assert (
        read.one("InvoiceLine/AllowanceCharge/AllowanceChargeReason")
        == "Korting (sociale onderneming)"
    )
    assert read.one("InvoiceLine/AllowanceCharge/Amount") == "48.75"


def test_what_no_line_carries_is_a_discount_on_the_whole_with_its_vat():
    read = Read(structured(discounted()))

    assert read.all("Invoice/AllowanceCharge/Amount") == ["45.00"]
    assert read.one("Invoice/AllowanceCharge/TaxCategory/Percent") == "21"
    assert read.one("LegalMonetaryTotal/AllowanceTotalAmount") == "45.00"


def test_exempt_says_why_in_words_and_in_a_code():
    read = Read(structured(exempt()))

    assert read.one("TaxSubtotal/TaxCategory/ID") == "E"
    assert read.one("TaxSubtotal/TaxCategory/TaxExemptionReasonCode") == "VATEX-EU-135-1"
    assert "Vrij van btw: verhuur" in read.one("TaxSubtotal/TaxCategory/TaxExemptionReason")


def test_a_houses_own_reason_has_no_code():
    read = Read(structured(exempt(seller={**HOUSE, "exemption": "Artikel 11-1-f."})))

    assert read.one("TaxExemptionReason") == "Artikel 11-1-f."
    assert read.all("TaxExemptionReasonCode") == []


def test_a_credit_note_names_the_invoice_it_corrects():
    read = Read(structured(credited()))

    assert read.kind == "CreditNote"
    assert read.one("CreditNoteTypeCode") == "381"
    assert read.one("InvoiceDocumentReference/ID") == "DM-2026-0007"
    assert read.one("InvoiceDocumentReference/IssueDate") == "2026-11-01"
    assert read.all("PaymentMeans") == []


def test_it_says_how_to_pay_and_by_when():
    read = Read(structured(taxed(buyer={**GROUP, "order_text": "P-7"})))

    assert read.kind == "Invoice"
    assert read.one("InvoiceTypeCode") == "380"
    assert read.one("DueDate") == "2026-12-06"
    assert read.one("PaymentMeans/PaymentID") == "RF9612026000007"
    assert read.one("PayeeFinancialAccount/ID") == "NL91ABNA0417164300"
    assert read.one("BuyerReference") == "P-7"


def test_it_is_found_by_the_number_of_the_trade_register():
    read = Read(structured(taxed()))

    assert read.one("AccountingSupplierParty/Party/EndpointID") == "12345678"
    assert read.one("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID") == "NL001234567B01"


def test_the_same_invoice_gives_the_same_bytes():
    assert structured(mixed()) == structured(mixed())


def test_a_price_that_does_not_make_the_amount_is_told_as_one_piece():
    odd = a_line("Zaal, per m²", 3333, quantity=Decimal("2.5"), unit_cents=1000)
    read = Read(structured(a_document(odd)))

    assert (read.one("InvoicedQuantity"), read.one("PriceAmount")) == ("1", "33.33")


def test_a_debt_from_before_and_a_house_without_numbers_have_no_file():
    nobody = exempt(seller={"name": "Huis", "kvk_number": "onbekend"})

    assert not has_file(exempt(kind=Kind.OPENING))
    assert not has_file(nobody)
    with pytest.raises(ValueError, match="no file"):
        structured(nobody)
