"""Statements for programs: every version, batches, what came and went, and files that attack."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from buurthuis.payments.bank.camt import is_camt, read_camt
from buurthuis.payments.bank.reading import MOST_BYTES, Found, keys_of
from buurthuis.payments.bank.refusals import CannotReadStatement
from tests.payments.bank.files import AMINA, BRAM, OURS, entry, part, statement


def read(*entries: str, **more: str) -> tuple[Found, ...]:
    return read_camt(statement(*entries, **more)).lines


def parcel(*files: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for number, each in enumerate(files):
            made.writestr(f"{number}.xml", each)
    return written.getvalue()


@pytest.mark.parametrize("version", ["02", "04", "06", "08", "13"])
@pytest.mark.parametrize("status", ["<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>", ""])
@pytest.mark.parametrize("pty", ["", "yes"])
def test_every_version_says_who_paid_what_and_why(version: str, status: str, pty: str) -> None:
    who = part("huur maart", name="Bram", iban=BRAM, reference="RF12345", pty=pty)
    [line] = read(entry("37.50", who, ref="B7", status=status), version=version)

    assert line == Found(
        date(2026, 3, 2), 3750, "Bram", BRAM, "huur maart RF12345", "RF12345", "B7", OURS
    )


def test_money_that_went_is_below_nothing_and_names_who_got_it() -> None:
    who = part("terug", name="Amina", iban=AMINA, side="Cdtr")
    [line] = read(entry("12", who, side="DBIT"))

    assert (line.cents, line.counterparty, line.iban) == (-1200, "Amina", AMINA)


def test_a_batch_is_as_many_lines_as_it_has_payments() -> None:
    parts = [
        part("een", name="Bram", amount="10.00"),
        part("twee", name="Amina", amount="20.00"),
    ]
    lines = read(entry("30.00", *parts, ref="B8"))

    assert [(line.cents, line.counterparty, line.text) for line in lines] == [
        (1000, "Bram", "een"),
        (2000, "Amina", "twee"),
    ]
    assert len(set(keys_of(lines))) == 2


def test_a_batch_that_does_not_add_up_is_one_line() -> None:
    parts = [part("een", amount="10.00"), part("twee", amount="19.00")]

    [line] = read(entry("30.00", *parts))

    assert (line.cents, line.text) == (3000, "een twee")


def test_a_batch_that_does_not_say_its_amounts_is_one_line() -> None:
    [line] = read(entry("30.00", part("een"), part("twee")))

    assert (line.cents, line.text) == (3000, "een twee")


def test_an_entry_without_details_says_what_the_bank_wrote() -> None:
    [line] = read(entry("1.50", side="DBIT", extra="<AddtlNtryInf>Kosten rekening</AddtlNtryInf>"))

    assert (line.cents, line.text) == (-150, "Kosten rekening")


def test_what_a_payer_gave_along_counts_as_text() -> None:
    [line] = read(entry("1.50", part("huur", end="BK-2026-0001")))

    assert line.text == "huur BK-2026-0001"


def test_what_is_not_booked_yet_comes_later() -> None:
    waits = [entry("9", status="<Sts>PDNG</Sts>"), entry("9", status="<Sts><Cd>INFO</Cd></Sts>")]

    assert read(*waits) == ()


@pytest.mark.parametrize(
    "odd",
    [
        entry("9", currency="USD"),
        entry("9", day="morgen"),
        entry("veel"),
        entry("1.234"),
        entry("-5"),
        entry("NaN"),
        entry("99999999999999"),
        entry("9", side="LINKS"),
        entry("9").replace("Amt", "Sum"),
    ],
)
def test_what_cannot_be_read_is_counted_and_the_rest_stays(odd: str) -> None:
    found = read_camt(statement(odd, entry("1")))

    assert (len(found.lines), found.left_out) == (1, 1)


def test_nothing_is_no_line() -> None:
    assert read(entry("0.00")) == ()


def test_two_equal_lines_of_a_day_are_two_and_have_their_own_keys() -> None:
    lines = read(entry("2.00", part("koffie")), entry("2.00", part("koffie")))

    assert len(set(keys_of(lines))) == 2


def test_a_parcel_of_days_that_overlap_has_each_line_once() -> None:
    monday, tuesday = entry("1", ref="A"), entry("2", ref="B")
    given = parcel(statement(monday), statement(monday, tuesday))

    assert is_camt(given)
    assert [line.cents for line in read_camt(given).lines] == [100, 200]


def test_the_same_line_has_the_same_key_in_every_file() -> None:
    first = read(entry("1", ref="A"))
    later = read(entry("5", ref="Z"), entry("1", ref="A"))

    assert set(keys_of(first)) < set(keys_of(later))
    assert keys_of(first) != keys_of(read(entry("1", ref="A"), account=AMINA))


@pytest.mark.parametrize(
    "other",
    [
        {"booked_on": date(2026, 3, 3)},
        {"cents": 101},
        *({name: "x"} for name in ("counterparty", "iban", "text", "reference")),
        *({name: "x"} for name in ("bank_reference", "account")),
    ],
)
def test_a_line_that_says_anything_else_has_another_key(other: dict[str, Any]) -> None:
    line = Found(date(2026, 3, 2), 100)

    assert keys_of([line]) != keys_of([replace(line, **other)])


def test_of_which_account_a_file_tells() -> None:
    assert read_camt(statement(entry("1"))).account == OURS
    two = parcel(statement(entry("1")), statement(entry("1"), account=AMINA))
    assert read_camt(two).account == ""


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b"<Document><BkToCstmrStmt><Stmt>&b;</Stmt></BkToCstmrStmt></Document>"
)
OUTSIDE = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><Document>&a;</Document>'


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (BOMB, "not-readable"),
        (OUTSIDE, "not-readable"),
        (b"<Document><BkToCstmrStmt>", "not-readable"),
        (b"<Document>\xff\xfe\xfa</Document>", "not-readable"),
        (b'<?xml version="1.0" encoding="klingon"?><Document/>', "not-readable"),
        (b"<html><body>Log in</body></html>", "no-statement"),
        (statement(entry("1")).replace(b"Stmt>", b"Rpt>"), "no-statement"),
        (b"<a>" * 200_000, "not-readable"),
        (b"<" + b" " * MOST_BYTES, "too-large"),
        (parcel(b"<a/>").replace(b"<a/>", b"<b/>"), "not-readable"),
        (b"PK\x03\x04 0.xml", "not-readable"),
    ],
)
def test_a_file_that_is_something_else_or_attacks_is_refused(given: bytes, why: str) -> None:
    with pytest.raises(CannotReadStatement) as refused:
        read_camt(given)

    assert refused.value.facts["why"] == why


def test_a_parcel_that_unpacks_to_very_much_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.xml", b"<a>" + b" " * (MOST_BYTES + 1))

    with pytest.raises(CannotReadStatement) as refused:
        read_camt(written.getvalue())

    assert refused.value.facts["why"] == "too-large"


def test_more_lines_than_a_house_ever_has_are_refused(monkeypatch) -> None:
    monkeypatch.setattr("buurthuis.payments.bank.camt.MOST_LINES", 2)

    with pytest.raises(CannotReadStatement) as refused:
        read(entry("1"), entry("2"), entry("3"))

    assert refused.value.facts == {"why": "too-many-lines", "most": 2}


def test_a_table_is_no_statement_for_programs() -> None:
    assert not is_camt(b'"Datum";"Bedrag"\n')
    assert not is_camt(parcel(b"<a/>") + b"[Content_Types].xml")
    assert is_camt("\ufeff<?xml version='1.0'?>".encode("utf-16"))


def test_long_texts_and_signs_that_nobody_sees_are_cut() -> None:
    who = part("x" * 5000, name="\u202eBram", iban="nl43 buur 0200 3004 00")
    [line] = read(entry("1", who))

    assert len(line.text) == 1000
    assert line.counterparty == "Bram"
    assert line.iban == BRAM
