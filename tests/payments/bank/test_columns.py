"""Tables of the bank: what each column most likely means, and what its cells say."""

from datetime import date

import pytest

from buurthuis.imports.readers.tables import read_table
from buurthuis.payments.bank.cells import NotReadable, cents_in, day_in, is_amount, sign_in
from buurthuis.payments.bank.columns import Columns, Sheet, guess, read_sheet
from buurthuis.payments.bank.reading import Found
from buurthuis.payments.bank.refusals import CannotReadStatement, ColumnsMissing
from tests.payments.bank.files import AF_BIJ, AMINA, BRAM, OURS, af_bij


def sheet(given: bytes) -> Sheet:
    """A file as the page reads it."""
    table = read_table(given, "bank.csv")
    return Sheet.of(table.header, table.rows)


def read(given: bytes) -> tuple[Found, ...]:
    found = sheet(given)
    return read_sheet(found, guess(found)).lines


BRAM_PAID = Found(date(2026, 3, 2), 3750, "Bram", BRAM, "huur maart", account=OURS)


def test_a_column_of_its_own_says_whether_money_came() -> None:
    lines = read(
        af_bij(
            ("20260302", "Bram", BRAM, "Bij", "37,50", "huur maart"),
            ("20260303", "Amina", AMINA, "Af", "1.012,00", "terug"),
        )
    )

    assert lines[0] == BRAM_PAID
    assert (lines[1].cents, lines[1].booked_on) == (-101200, date(2026, 3, 3))


def test_signs_with_the_amount_and_texts_in_three_columns() -> None:
    given = (
        '"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn",'
        '"Tegenrekening IBAN/BBAN","Naam tegenpartij","Betalingskenmerk",'
        '"Omschrijving-1","Omschrijving-2","Omschrijving-3"\n'
        f'"{OURS}","EUR","X","007","2026-03-02","2026-03-02","+37,50","+1037,50",'
        f'"{BRAM}","Bram","RF12","huur","maart",""\n'
        f'"{OURS}","USD","X","008","2026-03-02","2026-03-02","+1,00","+1,00","","Dirk","","","",""\n'
    )
    found = sheet(given.encode())
    told = read_sheet(found, guess(found))

    assert told.lines == (
        Found(date(2026, 3, 2), 3750, "Bram", BRAM, "huur maart", "RF12", "007", OURS),
    )
    assert told.left_out == 1
    assert told.account == OURS


def test_a_table_without_headings_is_known_by_its_cells() -> None:
    given = (
        f'"02-03-2026","{OURS}","37,50","Credit","Bram","{BRAM}","OV","huur maart van de straat"\n'
        f'"03-03-2026","{OURS}","12,00","Debet","Amina","{AMINA}","OV","terug van de straat"\n'
    )
    lines = read(given.encode())

    assert [(line.cents, line.iban, line.account) for line in lines] == [
        (3750, BRAM, OURS),
        (-1200, AMINA, OURS),
    ]
    assert lines[0].text == "huur maart van de straat"


def test_a_heading_that_holds_accounts_is_no_name() -> None:
    given = (
        '"Date";"Interest Date";"Amount";"Account";"Counterparty";"Name";"Description"\n'
        f'"2026-03-02";"2026-03-02";"37,50";"{OURS}";"{BRAM}";"Bram";"huur maart"\n'
    )

    assert read(given.encode()) == (BRAM_PAID,)


def test_what_came_and_what_went_may_have_a_column_each() -> None:
    given = "Date;Details;Paid out;Paid in\n02/03/2026;huur;;37.50\n02/03/2026;koffie;1.25;\n"

    assert [line.cents for line in read(given.encode())] == [3750, -125]


def test_rows_that_say_no_day_or_amount_are_counted() -> None:
    found = sheet(
        b"Datum;Bedrag;Omschrijving\n2026-03-02;1,00;a\nTotaal;1,00;\n2026-03-02;;b\n;;\n"
    )
    told = read_sheet(found, guess(found))

    assert [line.cents for line in told.lines] == [100]
    assert told.left_out == 2


def test_a_row_of_nothing_is_no_line() -> None:
    assert read(b"Datum;Bedrag;Omschrijving\n2026-03-02;0,00;a\n2026-03-02;1,00;b\n")[0].text == "b"
    given = "Date;Details;Paid out;Paid in\n02/03/2026;huur;;\n02/03/2026;koffie;1.25;\n"
    assert [line.cents for line in read(given.encode())] == [-125]


def test_nothing_is_read_before_somebody_says_where_the_day_stands() -> None:
    with pytest.raises(ColumnsMissing):
        read_sheet(sheet(AF_BIJ.encode() + b"a;b;c;d;e;f;g;h;i;j;k\n"), Columns(cents=6))


def test_what_was_said_of_columns_is_kept_as_it_was() -> None:
    said = Columns.said(["-", "day", "text", "cents", "text", "day", "nonsense"])

    assert (said.day, said.cents, said.text) == (1, 3, (2, 4))
    assert Columns.of(said.as_plain()) == said
    assert [said.meaning_of(at) for at in range(5)] == ["-", "day", "text", "cents", "text"]


def test_files_of_one_kind_have_one_heading() -> None:
    one, other = sheet(AF_BIJ.encode() + b"a;b\n"), sheet(AF_BIJ.encode() + b"c;d\n")

    assert one.heading == other.heading
    assert one.heading != sheet(b"Datum;Bedrag\n2026-03-02;1,00\n").heading
    assert Sheet.kept(one.as_plain()) == one


def test_too_many_rows_are_refused(monkeypatch) -> None:
    monkeypatch.setattr("buurthuis.payments.bank.columns.MOST_LINES", 1)

    with pytest.raises(CannotReadStatement):
        sheet(b"Datum;Bedrag\n2026-03-02;1,00\n2026-03-02;1,00\n")


def test_an_empty_column_means_nothing() -> None:
    found = guess(Sheet(("Datum", "Bedrag", ""), (("2026-03-02", "1,00", ""),)))

    assert found == Columns(day=0, cents=1)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1234,56", 123456),
        ("+12,5", 1250),
        ("-12.50", -1250),
        ("12,50-", -1250),
        ("€ 12,00", 1200),
        ("12", 1200),
        ("1.234", 123400),
        ("1.234.567,89", 123456789),
        ("\u221212,50", -1250),
        ("12,50 EUR", 1250),
    ],
)
def test_amounts_are_written_in_many_ways(text: str, cents: int) -> None:
    assert cents_in(text) == cents


@pytest.mark.parametrize(
    "text", ["", "veel", "12,345,6", "1,2,3", "-1-", "99999999999", "999999999,99", "1e5"]
)
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    with pytest.raises(NotReadable):
        cents_in(text)
    assert not is_amount(text)


@pytest.mark.parametrize(
    "text", ["2026-03-02", "20260302", "02-03-2026", "2/3/26", "2026-03-02 10:00"]
)
def test_days_are_written_in_many_ways(text: str) -> None:
    assert day_in(text) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "text", ["", "2026-13-01", "30-02-2026", "maandag", "1899-01-01", "20260302123"]
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    with pytest.raises(NotReadable):
        day_in(text)


def test_a_sign_that_says_nothing_is_not_guessed() -> None:
    with pytest.raises(NotReadable):
        sign_in("misschien")
