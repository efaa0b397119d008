"""The numbers of the annual sheet: the columns, their order, their bytes, and what is too few to tell."""

import csv
import io
from fractions import Fraction

import pytest

from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.rules.figures.sheet import Sheet, Table, together
from buurthuis.rules.figures.spans import year_span
from buurthuis.statistics.annual.few import TOGETHER, guarded
from buurthuis.statistics.annual.table import checksum_line, table
from tests.statistics.annual.subjects import a_sheet, figures_of, houses_together

YEAR = year_span(2025)


@pytest.fixture(autouse=True)
def _in_the_program(app):
    with app.app_context():
        yield


def places_of(*groups: int) -> dict[str, Figures]:
    """Houses with so many groups each, and all together."""
    subject = houses_together(len(groups), groups=groups)
    houses = {house.slug: figures for house, figures in subject.each}
    return {TOGETHER: subject.figures, **houses}


def lines(places: dict[str, Figures]) -> list[dict[str, str]]:
    """The file read back."""
    return list(csv.DictReader(io.StringIO(table(places).decode(), newline="")))


def test_the_columns_are_those_that_were_promised():
    head = table(places_of(30)).split(b"\n")[0]
    assert head == b"code,venue,value,numerator,denominator,unit,coverage,definition"


def test_each_figure_has_a_line_for_each_house_and_for_all_together():
    found = [line for line in lines(places_of(30, 20)) if line["code"] == "GROEP"]

    assert [(line["venue"], line["value"]) for line in found] == [
        *(("", "50"), ("huis-1", "30"), ("huis-2", "20")),
    ]
    assert {line["definition"] for line in found} == {"GROEP@1"}


def test_lines_are_sorted_and_numbers_plain():
    content = table(places_of(30, 20))
    found = lines(places_of(30, 20))

    assert found == sorted(found, key=lambda line: (line["code"], line["venue"]))
    assert content.endswith(b"\n")
    assert b"\r" not in content
    [use] = [line for line in found if (line["code"], line["venue"]) == ("BENUT", "")]
    assert (use["value"], use["numerator"], use["denominator"]) == ("0.3333", "120000", "360000")
    [visits] = [line for line in found if (line["code"], line["venue"]) == ("BEZOEK", "huis-1")]
    assert (visits["unit"], visits["coverage"]) == ("visits", "0.5")


def test_the_same_figures_give_the_same_bytes_in_whatever_order():
    places = places_of(30, 20)
    assert table(places) == table(dict(reversed(places.items())))


def test_what_is_not_known_is_empty_and_not_nothing():
    figures = figures_of(a_sheet(), YEAR, contribution_cents=None)
    [lever] = [line for line in lines({"huis": figures}) if line["code"] == "HEF"]

    assert (lever["value"], lever["numerator"]) == ("", "")


def test_few_groups_are_told_as_fewer_than_three():
    few = guarded({"huis": figures_of(a_sheet(groups=2), YEAR)})
    [line] = [line for line in lines(few) if line["code"] == "GROEP"]

    assert (line["value"], line["numerator"]) == ("<3", "")


def test_no_total_minus_its_other_houses_tells_what_is_hidden():
    places = places_of(2, 30, 20)
    hidden = [place for place, figures in places.items() if figures["GROEP"].value is None]

    assert "huis-1" in hidden
    assert len(hidden) > 1
    reasons = {figures["GROEP"].reason for figures in places.values()} - {None}
    assert reasons == {Reason.TOO_FEW, Reason.BESIDE}


def of_three_houses() -> list[Sheet]:
    """Two groups, twenty-five and as many."""
    return [a_sheet(venue, groups=groups) for venue, groups in ((1, 2), (2, 25), (3, 25))]


def figures_together(sheets: list[Sheet]) -> dict[str, Figures]:
    """The figures of houses and of all together, as the board sees them."""
    alone = {f"huis-{3 - len(sheets) + place}": sheet for place, sheet in enumerate(sheets, 1)}
    houses = {slug: figures_of(sheet, YEAR) for slug, sheet in alone.items()}
    return {TOGETHER: figures_of(together(sheets), YEAR), **houses}


def test_a_house_is_hidden_alone_as_it_is_beside_all_others():
    wider = figures_together(of_three_houses())
    beside = guarded(wider)
    [hidden] = [each for each in ("huis-2", "huis-3") if beside[each]["GROEP"].value is None]

    alone = {hidden: wider[hidden]}
    assert guarded(alone, wider)[hidden]["GROEP"].reason is Reason.BESIDE
    assert guarded(alone)[hidden]["GROEP"].value == 25


def test_some_houses_together_tell_nothing_that_all_of_them_hide():
    wider = figures_together(of_three_houses())
    two = guarded(figures_together(of_three_houses()[1:]), wider)

    assert two[TOGETHER]["GROEP"].reason is Reason.BESIDE
    assert {two[each]["GROEP"].value for each in ("huis-2", "huis-3")} == {None, 25}


def test_a_total_that_does_not_follow_from_its_houses_is_hidden_beside_a_few():
    """A group that is new in one house came to another years ago."""
    wider = figures_together(of_three_houses())
    odd = guarded({**wider, TOGETHER: wider["huis-2"]})

    assert odd["huis-1"]["BEZOEK"].value == 800, "nothing is few here"
    few = {**wider, TOGETHER: figures_of(a_sheet(groups=20), YEAR)}
    told = guarded(few)
    assert told["huis-1"]["GROEP"].reason is Reason.TOO_FEW
    assert told[TOGETHER]["GROEP"].reason is Reason.BESIDE
    assert told["huis-2"]["GROEP"].value == 25


def test_few_visits_hide_their_bounds_too():
    figures = figures_of(a_sheet(visits=10), YEAR)
    few = guarded({"huis": figures_of(a_sheet(visits=0), YEAR), "ander": figures})
    assert few["ander"]["BEZOEK"].value == 10

    three = guarded({"huis": figures_of(_three_visits(), YEAR)})["huis"]
    assert [three[code].reason for code in ("BEZOEK", "BEZOEK.LOW", "BEZOEK.HIGH")] == [
        Reason.TOO_FEW
    ] * 3


def _three_visits() -> Sheet:
    sheet = Sheet()
    sheet.count(Table.COUNTS, (1, 1, "private", ""), 1, 1, 1, 3, 6, 3, 0, 0, 60, 60, 0, 0, 0, 1, 0)
    return sheet


def test_the_checksum_is_written_as_sha256sum_reads_it():
    assert checksum_line(b"", "x.csv") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  x.csv\n"
    )


def test_hours_of_few_learners_are_left_out_and_get_no_number_of_people():
    learners = Figure("LEER", Fraction(1), Unit.PEOPLE, numerator=1)
    hours = Figure("LEER.HOURS", Fraction(180), Unit.MINUTES, numerator=180)
    told = guarded({"huis-1": Figures((learners, hours))})["huis-1"]

    assert [each.reason for each in told] == [Reason.TOO_FEW, Reason.BESIDE]
    assert {each.value for each in told} == {None}


def test_hours_of_few_learners_do_not_follow_from_the_others():
    """Neither from all hours of the house, nor from those of all houses minus the other house."""

    def hours_of(learners: int, minutes: int) -> Figures:
        return Figures(
            (
                Figure("LEER", Fraction(learners), Unit.PEOPLE, numerator=learners),
                Figure("VRIJ_U", Fraction(minutes + 600), Unit.MINUTES),
                Figure("VRIJ_U.HOST", Fraction(600), Unit.MINUTES),
                Figure("VRIJ_U.LEARNER", Fraction(minutes), Unit.MINUTES),
            )
        )

    houses = {"huis-1": hours_of(2, 90), "huis-2": hours_of(10, 900)}
    told = guarded({TOGETHER: hours_of(11, 990), **houses})

    for place in (TOGETHER, "huis-1"):
        assert told[place]["VRIJ_U"].value is not None
        assert told[place]["VRIJ_U.HOST"].value is None, place
        assert told[place]["VRIJ_U.LEARNER"].value is None, place
