"""Criteria: the worked tables of docs/rules/standing.md are true, and what holds for all offers."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.criteria import Criterion, Offered, fitting, lacking, may_appeal
from buurthuis.rules.money import share
from buurthuis.rules.standing import Kind

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "standing.md"


def tables():
    """Every table of the page, as a list of rows of cells."""
    found, inside = [], False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            inside = False
        elif not inside:
            inside = True
            found.append([])
        elif set(line) - {"|", "-"}:
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return found


ASKED, UTRECHT, WORKED, APPEALS = tables()


def criteria(cell):
    return frozenset(Criterion(word) for word in cell.split(", ") if word)


OFFERS = [
    Offered(Kind(code), int(part.removesuffix(" %")) * 100, criteria(asks))
    for code, part, asks in UTRECHT
]


def test_the_page_tells_every_question():
    assert [row[0].strip("`") for row in ASKED] == list(Criterion)


@pytest.mark.parametrize(("met", "fits", "price"), WORKED)
def test_the_worked_table_is_true(met, fits, price):
    found = fitting(OFFERS, criteria(met))
    parts = {offer.code: offer.percentage_bp for offer in OFFERS}

    assert (found or "") == fits
    assert share(4000, parts.get(found, 10_000)) == Decimal(price) * 100


@pytest.mark.parametrize(("decided", "today", "in_time"), APPEALS)
def test_one_may_appeal_within_thirty_days(decided, today, in_time):
    asked = date.fromisoformat(decided), date.fromisoformat(today)

    assert may_appeal(*asked) == (in_time == "yes")


some = st.frozensets(st.sampled_from(Criterion))
offers = st.lists(
    st.builds(Offered, st.sampled_from(Kind), st.integers(0, 20_000), some),
    unique_by=lambda each: each.code,
)


@given(offers, some, some)
def test_who_meets_more_never_pays_more(offered, met, more):
    def pays(known):
        found = fitting(offered, known)
        parts = {each.code: each.percentage_bp for each in offered}
        return 20_001 if found is None else parts[found]

    assert pays(met | more) <= pays(met)


@given(offers, some)
def test_what_fits_lacks_nothing_and_asks_something(offered, met):
    found = fitting(offered, met)

    for each in offered:
        if each.code == found:
            assert each.asks
            assert lacking(each, met) == []
        assert set(lacking(each, met)) == each.asks - met


def test_of_two_that_cost_the_same_the_one_that_asks_more_fits():
    asks = frozenset({Criterion.NO_PROFIT})
    easy, hard = Offered("a", 0, asks), Offered("b", 0, asks | {Criterion.SOCIAL_AIM})

    assert fitting([easy, hard], Criterion) == "b"
