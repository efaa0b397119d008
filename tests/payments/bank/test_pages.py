"""A treasurer brings a file of the bank, agrees with what is sure, finds out the rest, and can undo it."""

import io

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.foundation.db import db
from buurthuis.payments.bank import actions, queries
from buurthuis.payments.bank.models import BankLine, BankStatement
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.receiving.models import Payment
from buurthuis.rules.paying.matching import Split
from tests.builders import a_person, a_role
from tests.payments.bank.files import AMINA, BRAM, af_bij, entry, part, statement
from tests.payments.builders import an_account, an_invoice

BANK = "/houses/de-hoek/money/bank"


@pytest.fixture
def desk(sign_in, chandra):
    """Chandra's browser: she looks after the money."""
    return sign_in(chandra)


@pytest.fixture
def bring(desk):
    """Bring a file and follow to where it leads."""

    def sent(given: bytes, name: str = "maart.xml"):
        data = {"file": (io.BytesIO(given), name)}
        return desk.post(f"{BANK}/files", data=data, follow_redirects=True)

    return sent


def march(invoice) -> bytes:
    """A statement with a line that is sure, one that nobody knows, and one that went."""
    return statement(
        entry("20.00", part("huur", name="Bram", iban=BRAM, reference=invoice.reference), ref="A"),
        entry("3.00", part("wie is dit"), ref="B"),
        entry("12.00", part("papier", name="Winkel", side="Cdtr"), ref="C", side="DBIT"),
    )


def test_a_file_is_brought_and_what_is_sure_is_agreed_with_at_once(desk, bring, invoice):
    page = bring(march(invoice))

    assert page.status_code == 200
    assert "3 new lines." in page.text
    assert "The reference and the amount are right." in page.text
    assert "Yes, 1 line is right" in page.text
    says = f"{db.session.query(BankLine).order_by(BankLine.id).first().id}:{invoice.id}=2000:"
    assert f'value="{says}{invoice.initiative_id}" checked' in page.text
    done = desk.post(f"{BANK}/confirm", data={"says": says}, follow_redirects=True)

    assert "1 line is done." in done.text
    assert open_cents([invoice.id]) == {invoice.id: 0}


def test_the_same_file_again_brings_nothing(bring, invoice):
    bring(march(invoice))

    assert "Nothing new: we had all of it." in bring(march(invoice)).text
    assert db.session.query(BankLine).count() == 3


def test_a_file_with_some_new_days_brings_only_those(bring, invoice):
    bring(march(invoice))
    longer = march(invoice).replace(b"</Stmt>", entry("1.00", ref="D").encode() + b"</Stmt>")

    assert "1 new line. We had 3 already." in bring(longer).text


def test_a_file_of_another_bank_account_says_so(bring, venue, invoice):
    an_account(venue)

    assert "This file is of another bank account: NL85BUUR0100200300." in bring(march(invoice)).text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", "Choose a file of your bank."),
        (b"<html></html>", "This is no bank statement."),
        (b"<Document><Stmt>", "We cannot read this file."),
        (b"hallo", "We find no list here."),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "Save the list as .xlsx or .csv"),
        (statement(), "We find no line with a day and an amount."),
        (b"\xff\xfe\xfa\x00", "We find no list here."),
    ],
)
def test_what_is_no_statement_is_told_and_nothing_is_kept(bring, given, sentence):
    page = bring(given)

    assert page.status_code == 422
    assert sentence in page.text
    assert db.session.query(BankStatement).count() == 0


TABLE = af_bij(
    ("20260302", "Bram", BRAM, "Bij", "20,00", "BK huur"),
    ("20260303", "Amina", AMINA, "Af", "5,00", "terug"),
)


def test_a_table_first_says_what_its_columns_mean(desk, bring, venue, chandra):
    page = bring(TABLE, "maart.csv")

    assert "What do the columns say?" in page.text
    assert "For example: Bij; Af" in page.text
    assert "€20.00" in page.text
    assert queries.waiting(venue, most=9) == []
    kept = db.session.query(BankStatement).one()
    columns = f"{BANK}/files/{kept.id}/columns"
    said = {f"c{at}-says": "-" for at in range(11)}
    assert "Say which column holds the day" in desk.post(columns, data=said).text
    said |= {"c0-says": "day", "c6-says": "cents", "c5-says": "sign", "c8-says": "text"}
    shown = desk.post(columns, data={**said, "look": "1"})
    assert "BK huur" in shown.text
    assert queries.waiting(venue, most=9) == []
    done = desk.post(columns, data=said, follow_redirects=True)

    assert "2 new lines." in done.text
    assert [line.cents for line in queries.waiting(venue, most=9)] == [2000, -500]
    again = desk.get(columns, follow_redirects=True)
    assert "Files until now" in again.text


def test_what_was_said_of_columns_is_remembered_for_the_next_file(desk, bring, venue):
    bring(TABLE, "maart.csv")
    kept = db.session.query(BankStatement).one()
    said = {f"c{at}-says": "-" for at in range(11)} | {"c0-says": "day", "c6-says": "cents"}
    desk.post(f"{BANK}/files/{kept.id}/columns", data=said)

    page = bring(af_bij(("20260401", "Bram", BRAM, "Bij", "7,00", "huur")), "april.csv")

    assert "1 new line." in page.text
    assert [line.cents for line in queries.waiting(venue, most=9)] == [2000, 500, 700]


def test_a_meaning_that_is_not_on_the_list_is_refused(desk, bring):
    bring(TABLE, "maart.csv")
    kept = db.session.query(BankStatement).one()

    page = desk.post(f"{BANK}/files/{kept.id}/columns", data={"c0-says": "salaris"})

    assert "Choose one from the list." in page.text
    assert db.session.get(BankStatement, kept.id).sheet is not None


def test_a_file_is_taken_away_until_somebody_said_what_its_lines_are(desk, bring, invoice):
    bring(march(invoice))
    kept = db.session.query(BankStatement).one()
    ids = [line.id for line in kept.lines]
    desk.post(f"{BANK}/aside", data={"line": ids[2], "reason": "Costs of the house"})
    away = f"{BANK}/files/{kept.id}/take-away"

    assert "Undo those first." in desk.post(away, follow_redirects=True).text
    desk.post(f"{BANK}/lines/{ids[2]}/undo")
    assert "The file is gone" in desk.post(away, follow_redirects=True).text
    assert db.session.query(BankLine).count() == 0
    assert desk.post(away).status_code == 404


def test_lines_that_went_are_set_aside_together(desk, bring, invoice):
    bring(march(invoice))
    went = db.session.query(BankLine).filter(BankLine.cents < 0).one()

    wrong = desk.post(f"{BANK}/aside", data={"line": went.id, "reason": ""})
    assert wrong.status_code == 422
    assert "Write why you set it aside." in wrong.text
    right = {"line": [went.id, "x"], "reason": "Costs of the house"}
    assert (
        "1 line is set aside." in desk.post(f"{BANK}/aside", data=right, follow_redirects=True).text
    )
    none = desk.post(f"{BANK}/aside", data={"reason": "zo"}, follow_redirects=True)
    assert "Nothing was ticked." in none.text
    assert "Set aside: Costs of the house" in desk.get(f"{BANK}/done").text


def test_who_sets_nothing_aside_without_a_reason_is_told_all_the_same(desk):
    page = desk.post(f"{BANK}/aside", data={"reason": ""})

    assert page.status_code == 422
    assert "Write why you set it aside." in page.text
    assert 'href="#reason' not in page.text


def test_somebody_finds_out_what_a_line_is(desk, bring, venue, invoice):
    other = an_invoice(100, venue=venue, for_=invoice.initiative)
    bring(march(invoice))
    line = db.session.query(BankLine).filter(BankLine.cents == 300).one()
    page = f"{BANK}/lines/{line.id}"

    assert "We find nothing that fits." in desk.get(page).text
    assert "Repair Café Oost" in desk.get(page, query_string={"q": "repair cafe"}).text
    assert "We find no open invoice" in desk.get(page, query_string={"q": "harp"}).text
    done = desk.post(f"{page}/confirm", data={"invoice": [other.id]}, follow_redirects=True)
    assert "The line is done." in done.text
    assert open_cents([other.id]) == {other.id: 0}
    said = desk.get(page).text
    assert "OUD-7" in said
    assert "€2.00 stays with the group." in said
    assert "Undo it" in said
    undone = desk.post(f"{page}/undo", follow_redirects=True)
    assert "It is undone. The line waits again." in undone.text
    assert open_cents([other.id]) == {other.id: 100}


def test_an_invoice_that_was_paid_meanwhile_is_told(desk, bring, chandra, invoice):
    bring(march(invoice))
    first, second, _went = db.session.query(BankLine).order_by(BankLine.id)
    actions.confirm(first.id, [Split(invoice.id, 2000)], group_id=None, by=chandra)

    page = f"{BANK}/lines/{second.id}/confirm"
    told = desk.post(page, data={"invoice": invoice.id}, follow_redirects=True)

    assert "An invoice was paid meanwhile." in told.text
    assert db.session.query(Payment).count() == 1


def test_money_that_nobody_knows_is_kept_for_later(desk, bring, invoice):
    bring(march(invoice))
    line = db.session.query(BankLine).filter(BankLine.cents == 300).one()

    desk.post(f"{BANK}/lines/{line.id}/confirm", data={"group": ""})

    assert db.session.query(Payment).one().initiative_id is None
    assert "For no invoice yet." in desk.get(f"{BANK}/done").text


@pytest.mark.parametrize(
    "says", ["", "1", "1:2", "1:2=-5:", "1:2=5:9999999999", "a:b=c:d", "99:1=5:"]
)
def test_answers_that_no_page_writes_change_nothing(desk, bring, invoice, says):
    bring(march(invoice))

    page = desk.post(f"{BANK}/confirm", data={"says": says}, follow_redirects=True)

    assert page.status_code == 200
    assert db.session.query(Payment).count() == 0


def test_a_line_or_file_of_another_house_is_not_found(desk, bring, invoice):
    bring(march(invoice))
    line = db.session.query(BankLine).first()
    other = an_invoice(1).venue.slug

    assert desk.get(f"/houses/{other}/money/bank/lines/{line.id}").status_code == 404
    assert desk.get(f"{BANK}/lines/999999").status_code == 404
    assert desk.get(f"{BANK}/files/999999/columns").status_code == 404


def test_the_board_looks_and_changes_nothing(sign_in, bring, venue, invoice):
    bring(march(invoice))
    board = a_person("Amina")
    a_role(board, RoleName.BOARD, venue)
    page = sign_in(board).get(BANK)

    assert page.status_code == 200
    assert "<form" not in page.text.partition("<main")[2].partition("</main")[0]
    assert sign_in(board).post(f"{BANK}/confirm").status_code == 403
    assert sign_in(a_person("Dirk")).get(BANK).status_code == 404


def test_before_the_first_file_the_page_says_how_to_begin(desk):
    assert "No file yet" in desk.get(BANK).text


def test_a_page_shows_some_hundred_lines_and_says_how_many_wait(desk, bring, monkeypatch, invoice):
    monkeypatch.setattr("buurthuis.pages.money.bank.MOST_LINES", 2)

    assert "1 more line waits." in bring(march(invoice)).text
