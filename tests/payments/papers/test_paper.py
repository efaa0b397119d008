"""The invoice on paper: all that the law asks is on it, every reader reads it, and it never changes."""

from decimal import Decimal
from functools import cache

import pytest

from buurthuis.payments.papers.electronic import structured
from buurthuis.payments.papers.paper import paper_of
from buurthuis.venues import album
from tests.builders import a_fresh_picture
from tests.payments.papers.documents import (
    GROUP,
    HOUSE,
    LONG,
    a_document,
    a_line,
    collective,
    credited,
    exempt,
    mixed,
    taxed,
)
from tests.payments.papers.reading import read_back, words_on

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

ADDRESS = "https://buurthuis.example/invoices/12"


@pytest.fixture(autouse=True)
def _in_the_program(app):
    with app.app_context():
        yield


@cache
def drawn_mixed() -> bytes:
    """A paper that several tests read."""
    return paper_of(mixed(buyer={**GROUP, "order_text": "P-7"}), ADDRESS)


@pytest.mark.parametrize(
    ("document", "pages"),
    [
        pytest.param(exempt, 1, id="usual"),
        pytest.param(mixed, 1, id="mixed rates"),
        pytest.param(credited, 1, id="credit note"),
        pytest.param(collective, 2, id="forty lines"),
        pytest.param(lambda: collective(100), 5, id="two hundred lines"),
        pytest.param(
            lambda: taxed(
                seller={**HOUSE, "name": LONG, "legal_name": LONG + LONG},
                buyer={**GROUP, "legal_name": LONG, "attention": LONG, "order_text": LONG[:60]},
            ),
            1,
            id="long names",
        ),
    ],
)
def test_it_is_for_every_reader_and_for_archives_and_tidy(document, pages):
    paper = paper_of(document(), ADDRESS)

    assert len(read_back(paper).pages) == pages
    assert b"pdfuaid" in paper
    assert b"pdfaid" in paper


def test_all_that_the_law_asks_is_on_it():
    told = words_on(drawn_mixed())

    for words in (
        *("Stichting De Meevaart", "Balistraat 48A", "1094 JN Amsterdam"),
        *("12345678", "NL001234567B01", "Repair café", "Javastraat 12", "1094 HG Amsterdam"),
        *("Factuur DM-2026-0007", "22 november 2026", "6 december 2026", "P-7"),
        *("Grote zaal, vrijdag 20 november 2026: avond", "Korting (sociale onderneming)"),
        *("Samen, zonder btw € 55,25", "Btw: vrij, over € 26,25", "Vrij van btw: verhuur"),
        *("Btw 0% over € 1,00", "Btw 9% over € 18,00 € 1,62", "Btw 21% over € 10,00 € 2,10"),
        *("Te betalen € 58,97", "NL91 ABNA 0417 1643 00", "RF96 1202 6000 007", ADDRESS),
    ):
        assert words in told


def test_it_is_written_in_the_language_of_the_invoice():
    told = words_on(paper_of(mixed(language="en"), ADDRESS))

    assert "Invoice DM-2026-0007" in told
    assert "To pay €58.97" in told
    assert read_back(paper_of(mixed(language="en"), ADDRESS)).root_object["/Lang"] == "en"


def test_a_screen_reader_hears_title_language_headings_table_and_the_code():
    reader = read_back(drawn_mixed())
    root = reader.root_object
    tags = list(_tags(root["/StructTreeRoot"]))
    kinds = [tag.get("/S") for tag in tags]

    assert reader.metadata.title == "Factuur DM-2026-0007"
    assert root["/Lang"] == "nl"
    assert kinds.count("/H1") == 1
    assert {"/Table", "/TH", "/Figure", "/Link"} <= set(kinds)
    assert [str(tag["/Alt"]) for tag in tags if tag.get("/S") == "/Figure"] == [
        "Een code met de rekening, het bedrag en de betaalcode."
    ]


def _tags(node):
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        tag = child.get_object()
        if hasattr(tag, "get"):
            yield tag
            yield from _tags(tag)


def test_the_file_for_programs_is_inside():
    [inside] = read_back(paper_of(taxed(), ADDRESS)).attachments["DM-2026-0007.xml"]

    assert inside == structured(taxed())


def test_a_house_without_numbers_gets_its_paper_all_the_same():
    paper = paper_of(exempt(seller={"name": "Huis van de buurt"}), ADDRESS)

    assert "Huis van de buurt" in words_on(paper)
    assert not read_back(paper).attachments


def test_the_same_invoice_gives_the_same_bytes():
    again = paper_of(mixed(buyer={**GROUP, "order_text": "P-7"}), ADDRESS)

    assert again == drawn_mixed()
    assert again != paper_of(mixed(), ADDRESS)


def test_a_credit_note_names_its_invoice_and_asks_for_no_money():
    told = words_on(paper_of(credited(), ADDRESS))

    assert "Creditnota DM-2026-0009" in told
    assert "Dit gaat af van factuur DM-2026-0007." in told
    assert "1 november 2026" in told
    assert "Zo betaal je" not in told


def test_a_booking_is_not_torn_over_two_pages():
    pages = [page.extract_text() for page in read_back(paper_of(collective(60), ADDRESS)).pages]

    for page in pages:
        assert page.count("Lesruimte") == page.count("Korting (buurtinitiatief)")


def test_the_head_of_the_table_is_on_every_page_with_lines():
    first, second = (
        page.extract_text() for page in read_back(paper_of(collective(), ADDRESS)).pages
    )

    assert "Prijs per stuk" in first
    assert "Prijs per stuk" in second
    assert "pagina 2 van 2" in second


def test_the_house_is_shown_by_its_picture():
    name = album.kept(a_fresh_picture()).name
    with_it = paper_of(exempt(seller={**HOUSE, "picture": name}), ADDRESS)

    assert len(read_back(with_it).pages[0].images) == 1
    assert (
        not read_back(paper_of(exempt(seller={**HOUSE, "picture": "gone"}), ADDRESS))
        .pages[0]
        .images
    )


def test_whatever_a_group_is_called_it_is_drawn():
    strange = exempt(buyer={"name": "بيت الحي *#eval(1)* $x$ \x00"})

    assert paper_of(strange, ADDRESS).startswith(b"%PDF-")


def test_hours_and_their_price_are_told():
    told = words_on(
        paper_of(
            a_document(a_line("Zaal", 11250, 2100, quantity=Decimal(3), unit_cents=3750)), ADDRESS
        )
    )

    assert "Zaal 3 € 37,50 21% € 112,50" in told
