"""A report of then can be made again: each edition keeps its own definitions."""

from fractions import Fraction

import pytest

from buurthuis.rules.figures import definitions
from buurthuis.rules.figures.codes import Code
from buurthuis.rules.figures.columns import Spaces, Time
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.definitions import Definition, NoSuchEdition, edition_of, next_edition
from buurthuis.rules.figures.figure import Figures, rounded
from buurthuis.rules.figures.folding import fold_days
from buurthuis.rules.figures.question import share_of
from buurthuis.rules.figures.sheet import Table, together
from tests.rules.figures.golden import BESIDE, FACTS, SPAN

WEEK = together(fold_days(FACTS, SPAN).values())


def test_two_editions_answer_side_by_side(monkeypatch):
    def with_setup(asked):
        used, open_ = (
            asked.total(Table.TIME, Time.WITH_SETUP),
            asked.total(Table.SPACES, Spaces.OPEN),
        )
        yield share_of(Code.BENUT, used, open_)

    newer = Definition(Code.BENUT, 2, "2027", with_setup)
    edition = next_edition(edition_of("2026"), newer)
    monkeypatch.setitem(definitions.EDITIONS, "2027", edition)

    old, new = (compute(WEEK, BESIDE, SPAN, edition=each) for each in ("2026", "2027"))

    assert (old["BENUT"].definition, old["BENUT"].numerator) == ("BENUT@1", 1320)
    assert (new["BENUT"].definition, new["BENUT"].numerator) == ("BENUT@2", 1530)
    assert new.find("BENUT.WITH_SETUP") is None
    assert [each for each in old if each.main != "BENUT"] == [
        each for each in new if each.main != "BENUT"
    ]


def test_an_edition_defines_every_code_once():
    for edition in definitions.EDITIONS.values():
        assert sorted(each.code for each in edition) == sorted(Code)
    assert list(definitions.EDITIONS)[-1] == definitions.NEWEST


def test_an_edition_that_never_was_is_refused():
    with pytest.raises(NoSuchEdition):
        edition_of("1999")


def test_figures_are_found_by_code_and_by_what_comes_before():
    found = compute(WEEK, BESIDE, SPAN)

    assert found["VERL.private"].main is Code.VERL
    assert found["VERL.private"].part == "private"
    assert found["VERL"].part == ""
    assert list(found.parts_of("VRIJ_EUR")) == ["LOW", "MID", "HIGH"]
    assert found.find("VERL.internal") is None
    assert len(Figures(()).items) == 0
    with pytest.raises(KeyError):
        found["VERL.internal"]


@pytest.mark.parametrize(
    ("exact", "written"),
    [
        ("3", "3"),
        ("1/2", "0.5"),
        ("2/3", "0.6667"),
        ("1/80000", "0"),
        ("5/100000", "0.0001"),
        ("1200.00001", "1200"),
    ],
)
def test_values_are_written_with_four_places_half_up(exact, written):
    assert str(rounded(Fraction(exact))) == written


def test_a_figure_without_value_writes_none():
    assert compute(WEEK, BESIDE, SPAN)["OPEN"].written == 11280
    assert compute(WEEK, BESIDE, SPAN, edition="2026")["DEK"].written is not None
    share = share_of("BENUT", 0, 0)
    assert share.written is None
