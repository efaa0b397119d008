"""What an invoice adds up to: discounts at their lines, VAT per rate, and no cent lost."""

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.paying.documents import Carried, Charged, Taxed, by_rate, carried

BRAMS, AMINAS = 1, 2


def test_a_discount_belongs_to_the_line_above_it():
    lines = [
        Charged(BRAMS, None, 7500, 0),
        Charged(BRAMS, None, -4875, 0),
        Charged(BRAMS, None, 1200, 0),
    ]

    assert carried(lines) == ([Carried(0, (1,), 2625), Carried(2, (), 1200)], [])


def test_it_stays_with_its_own_booking_and_its_own_rate():
    lines = [
        Charged(BRAMS, 2100, 7500, 1575),
        Charged(AMINAS, 2100, 3000, 630),
        Charged(BRAMS, None, 9000, 0),
        Charged(BRAMS, 2100, -4875, -1024),
    ]
    found, loose = carried(lines)

    assert [each.discounts for each in found] == [(3,), (), ()]
    assert loose == []


def test_a_line_that_is_too_small_carries_no_discount():
    lines = [
        Charged(BRAMS, None, 7500, 0),
        Charged(BRAMS, None, 1000, 0),
        Charged(BRAMS, None, -4875, 0),
    ]

    assert carried(lines) == ([Carried(0, (2,), 2625), Carried(1, (), 1000)], [])


def test_a_discount_above_its_line_is_taken_off_it_all_the_same():
    lines = [Charged(BRAMS, None, -500, 0), Charged(BRAMS, None, 1000, 0)]

    assert carried(lines) == ([Carried(1, (0,), 500)], [])


def test_what_no_line_can_carry_is_taken_off_the_whole():
    lines = [
        Charged(BRAMS, None, 1000, 0),
        Charged(BRAMS, None, 1000, 0),
        Charged(BRAMS, None, -1500, 0),
    ]

    assert carried(lines) == ([Carried(0, (), 1000), Carried(1, (), 1000)], [2])


def test_several_discounts_share_a_line_until_nothing_is_left():
    lines = [
        Charged(BRAMS, None, 1000, 0),
        Charged(BRAMS, None, -600, 0),
        Charged(BRAMS, None, -400, 0),
        Charged(BRAMS, None, -1, 0),
    ]

    assert carried(lines) == ([Carried(0, (1, 2), 0)], [3])


def test_vat_is_told_rate_by_rate_and_exempt_first():
    lines = [
        Charged(BRAMS, 2100, 3750, 788),
        Charged(BRAMS, 900, 1000, 90),
        Charged(AMINAS, 2100, -750, -158),
        Charged(AMINAS, None, 5000, 0),
        Charged(AMINAS, 0, 100, 0),
    ]

    assert by_rate(lines) == (
        Taxed(None, 5000, 0),
        Taxed(0, 100, 0),
        Taxed(900, 1000, 90),
        Taxed(2100, 3000, 630),
    )


LINES = st.lists(
    st.builds(
        Charged,
        of=st.sampled_from([BRAMS, AMINAS, None]),
        rate=st.sampled_from([None, 900, 2100]),
        cents=st.integers(-5000, 9000),
        vat_cents=st.integers(-1000, 1900),
    ),
    max_size=12,
)


@given(LINES)
def test_nothing_is_lost_and_no_line_falls_below_nothing(lines):
    found, loose = carried(lines)
    placed = sorted(at for each in found for at in (each.place, *each.discounts)) + loose

    assert sorted(placed) == list(range(len(lines)))
    assert all(each.cents >= 0 for each in found)
    kept = sum(each.cents for each in found) + sum(lines[at].cents for at in loose)
    assert kept == sum(line.cents for line in lines) == sum(row.cents for row in by_rate(lines))


@given(LINES)
def test_a_line_carries_only_discounts_of_its_booking_and_rate(lines):
    for each in carried(lines)[0]:
        line = lines[each.place]
        assert each.cents == line.cents + sum(lines[at].cents for at in each.discounts)
        assert {(lines[at].of, lines[at].rate) for at in each.discounts} <= {(line.of, line.rate)}
