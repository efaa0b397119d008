"""The words of the annual sheet: five large figures, a picture, a table, who paid, and what is missing."""

from dataclasses import replace
from fractions import Fraction
from statistics import mean

import pytest
from flask_babel import force_locale

from buurthuis.evidence.year.models import MoneyKind
from buurthuis.evidence.year.queries import Money
from buurthuis.rules.figures.codes import Code, Reason
from buurthuis.rules.figures.figure import Figures
from buurthuis.rules.figures.sheet import Table
from buurthuis.rules.figures.spans import Span, quarters_in, year_span
from buurthuis.statistics.annual.chart import used_in
from buurthuis.statistics.annual.content import annual_sheet
from buurthuis.statistics.annual.parts import AnnualSheet
from buurthuis.statistics.annual.subject import Subject
from tests.language.catalogue import sentences, words
from tests.statistics.annual.subjects import (
    a_sheet,
    a_story,
    days_of,
    figures_of,
    houses_together,
    one_house,
)

EMPTY = {
    "rates": {},
    "housing_costs_cents": None,
    "contribution_cents": None,
    "other_funds_cents": None,
}


def written(subject: Subject, language: str = "nl") -> AnnualSheet:
    """The sheet in a language."""
    with force_locale(language):
        return annual_sheet(subject, file="jaarbeeld-2025.csv", checksum="ab" * 32)


def amount(euros: str) -> str:
    """An amount as it is written, where no line may end within it."""
    return f"€\xa0{euros}"


@pytest.fixture(autouse=True)
def _in_the_program(app):
    with app.app_context():
        yield


def test_a_house_has_five_large_figures_beside_last_year():
    sheet = written(one_house())

    assert (sheet.kicker, sheet.title) == ("Jaarbeeld 2025", "De Meevaart")
    assert sheet.period == "1 januari tot en met 31 december 2025"
    assert [(each.label, each.value) for each in sheet.bigs] == [
        ("uren open", "1.000"),
        ("bezoeken", "800"),
        ("groepen", "30"),
        ("uren van vrijwilligers", "230"),
        ("gegeven korting", amount("2.000")),
    ]
    assert sheet.bigs[0].change == "↑ 100 uur meer dan vorig jaar"
    assert sheet.bigs[1].change == "= evenveel als vorig jaar"


def test_houses_together_have_a_row_each_and_a_total_in_which_a_group_counts_once():
    sheet = written(houses_together(3))

    assert sheet.houses == "De Meevaart, Het Noorderlicht en De Bonte Kraai"
    assert [row[0] for row in sheet.table.rows] == sheet.houses.replace(" en ", ", ").split(", ")
    assert sheet.table.total == (
        "Samen",
        "3.000",
        "33%",
        "300",
        "2.400",
        "90",
        "690",
        amount("6.000"),
    )
    assert all(len(row) == len(sheet.table.head) for row in (*sheet.table.rows, sheet.table.total))


def test_one_house_stands_beside_its_own_year_before():
    table = written(one_house()).table

    assert [row[:2] for row in table.rows] == [
        ("1 januari tot en met 31 december 2024", "900"),
        ("1 januari tot en met 31 december 2025", "1.000"),
    ]


def test_the_picture_tells_every_number_in_words_too():
    chart = written(one_house()).chart

    assert [bar.label for bar in chart.quarters] == ["jan–mrt", "apr–jun", "jul–sep", "okt–dec"]
    assert [each.hours for each in chart.legend] == ["2.400 uur", "1.200 uur", "400 uur"]
    for bar in chart.quarters:
        assert f"{bar.label}: {bar.hours}" in chart.alt
    assert chart.alt.count("Een persoon 100 uur") == 4


def test_a_standing_of_one_group_is_drawn_among_others():
    sheet = a_sheet()
    for standing in ("students", "commercial"):
        sheet.count(Table.TIME, (1, 1, standing, ""), 6000, 6000, 0, 0)
        sheet.count(Table.GROUPS, (1, 9000 + len(standing), 1, standing, ""), 3, 6000, 0)
    chart = written(one_house(sheet=sheet)).chart

    assert [each.label for each in chart.legend][-1] == "Andere groepen"
    assert chart.legend[-1].hours == "800 uur"
    assert "students" not in chart.alt


def test_more_than_two_years_are_drawn_by_year():
    whole = Span(year_span(2023).first, year_span(2025).after)
    quarters = [
        (each, used_in(a_sheet())) for year in (2023, 2024, 2025) for each in _quarters(year)
    ]
    chart = written(one_house(days=days_of(whole), quarters=quarters)).chart

    assert [bar.label for bar in chart.quarters] == ["2023", "2024", "2025"]
    assert chart.quarters[0].hours == "4.000 uur"


def _quarters(year: int) -> list[Span]:
    return quarters_in(year_span(year))


def test_who_paid_the_year_and_what_stood_beside_each_euro():
    paid = written(one_house()).paid

    assert [(each.label, each.shown) for each in paid.payers] == [
        ("Inkomsten van de zalen", amount("2.000")),
        ("Bijdrage van de gemeente", amount("140.000")),
        ("Andere fondsen", amount("20.000")),
        ("Werk van vrijwilligers, laag geschat", amount("3.450")),
    ]
    assert paid.sentence == f"Naast elke euro van de gemeente staat {amount('0,18')} van anderen."


def test_what_nobody_filled_in_is_said_and_is_never_nothing():
    nothing = Money(dict.fromkeys((MoneyKind.CONTRIBUTION, MoneyKind.OTHER_FUNDS)), {}, 1)
    sheet = written(one_house(beside=EMPTY, money=nothing, stories=(), stops=()))

    assert [each.shown for each in sheet.paid.payers][1:] == ["nog niet ingevuld"] * 3
    assert sheet.paid.sentence == "De hefboom is nog niet bekend."
    assert "Kostendekkingsgraad: Nog niet ingevuld." in sheet.missing
    assert "Hefboom: Nog niet ingevuld." in sheet.missing
    assert "Verhalen: nog niemand vertelde er een." in sheet.missing
    assert "Wat stopt zonder de bijdrage: nog niet ingevuld." in sheet.missing
    assert sheet.stories == sheet.stops == ()


@pytest.mark.parametrize("code", ["GEB", "BEZOEK", "GROEP", "NIEUW", "VRIJ_U", "KORT"])
def test_a_large_figure_without_value_says_why(code):
    whole = one_house()
    emptied = Figures(
        tuple(
            replace(each, value=None, numerator=None, reason=Reason.NOTHING_COUNTED)
            if each.main == Code(code)
            else each
            for each in whole.figures
        )
    )
    sheet = written(replace(whole, figures=emptied))

    large = [each for each in sheet.bigs if each.code == code]
    assert all((each.value, each.note) == ("–", "Nog niemand heeft dit geteld.") for each in large)
    assert any(line.endswith(": Nog niemand heeft dit geteld.") for line in sheet.missing)


def test_no_contribution_is_said_as_it_is():
    none = Money({MoneyKind.CONTRIBUTION: 0, MoneyKind.OTHER_FUNDS: 0}, {}, 1)
    sheet = written(one_house(beside={"contribution_cents": 0}, money=none))

    assert sheet.paid.sentence == "Er was geen bijdrage van de gemeente."
    assert sheet.paid.payers[1].shown == amount("0")
    assert not [line for line in sheet.missing if line.startswith("Hefboom")]


def test_two_stories_are_told_of_different_houses_and_none_is_long():
    long = a_story(4, text="woord " * 61)
    subject = houses_together(2)
    sheet = written(replace(subject, stories=(long, *subject.stories)))

    assert [(each.title, each.house) for each in sheet.stories] == [
        ("De soep van week 1", "De Meevaart"),
        ("De soep van week 2", "Het Noorderlicht"),
    ]


def test_a_year_that_goes_on_says_until_when_it_counts():
    counted = Span(year_span(2025).first, year_span(2025).first.replace(month=9))
    sheet = written(one_house(days=days_of(counted=counted)))

    assert sheet.kicker == "Jaarbeeld 2025, tot nu toe"
    assert sheet.period == "1 januari tot en met 31 augustus 2025"
    assert "Geteld tot en met 31 augustus 2025." in sheet.footer[0]


def test_other_days_are_no_annual_sheet():
    summer = Span(year_span(2025).first.replace(month=7), year_span(2025).first.replace(month=9))
    sheet = written(one_house(days=days_of(summer)))

    assert (sheet.kicker, sheet.period) == ("In cijfers", "1 juli tot en met 31 augustus 2025")
    assert sheet.bigs[0].change == "↑ 100 uur meer dan ervoor"


def test_the_foot_says_how_much_is_known_and_with_which_edition():
    sheet = written(one_house())

    assert "De cijfers betekenen wat uitgave 2026 zegt." in sheet.footer[0]
    assert "Bij 50% van de bijeenkomsten zijn mensen geteld." in sheet.footer[0]
    assert sheet.checksum_words == "De cijfers staan in jaarbeeld-2025.csv. De SHA-256 daarvan is"


def test_the_second_page_tells_what_each_figure_means():
    alone, several = written(one_house()), written(houses_together(2))

    assert "M2@1" not in [each.code for each in alone.meanings]
    assert "M2@1" in [each.code for each in several.meanings]
    assert all(each.label and each.means and each.caveat for each in several.meanings)
    told = {each.code: each.coverage for each in alone.meanings}
    assert told["BEZOEK@1"] == "50% is bekend."
    assert told["GROEP@1"] == "Alles is bekend."


def test_the_sheet_is_there_in_english_too():
    sheet = written(one_house(), "en")

    assert sheet.language == "en"
    assert sheet.kicker == "Annual sheet 2025"
    assert [each.label for each in sheet.bigs][:2] == ["hours open", "visits"]


def test_its_sentences_are_short():
    sheet = written(houses_together(6, stories=(), stops=()))
    told = [sheet.paid.sentence, sheet.paid.note, sheet.table.note, *sheet.footer, *sheet.missing]
    told += [words for each in sheet.meanings for words in (each.means, each.caveat)]
    lengths = [len(words(part)) for text in told for part in sentences(text)]

    assert mean(lengths) <= 10
    assert max(lengths) <= 15


def test_a_very_small_lever_is_still_a_sentence():
    figures = figures_of(a_sheet(), year_span(2025), contribution_cents=10**11)
    assert figures["HEF"].value < Fraction(1, 100)
    sheet = written(one_house(figures=figures))

    assert (
        sheet.paid.sentence
        == f"Naast elke euro van de gemeente staat {amount('0,00')} van anderen."
    )
