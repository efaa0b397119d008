"""What is to be billed: the difference, rate by rate, and off whom a credit comes."""

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.paying.billing import Part, difference, parted, with_vat_inside

RATES = st.sampled_from([None, 0, 900, 2100])


def part(cents, rate=None, vat=0, given=0):
    return Part(rate, cents, vat, given)


PARTS = st.lists(
    st.builds(
        part, st.integers(0, 90_000), RATES, vat=st.integers(0, 9_000), given=st.integers(0, 500)
    ),
    max_size=6,
)


def whole(parts):
    return sum(each.whole_cents for each in parts)


def test_what_was_never_billed_is_billed_whole():
    found = difference([part(3000), part(-500, given=500)], [])

    assert found.to_bill == (part(2500, given=500),)
    assert found.to_credit == ()
    assert not found.is_nothing


def test_what_was_billed_already_is_nothing():
    assert difference([part(3000, 2100, 630)], [part(3000, 2100, 630)]).is_nothing


def test_who_moves_to_a_dearer_hour_pays_the_difference_alone():
    assert difference([part(4500)], [part(3000)]).to_bill == (part(1500),)


def test_where_one_rate_grew_and_another_shrank_one_is_billed_and_one_credited():
    found = difference([part(1000), part(500, 2100, 105)], [part(400), part(800, 2100, 168)])

    assert found.to_bill == (part(600),)
    assert found.to_credit == (part(300, 2100, 63),)


@given(PARTS, PARTS)
def test_billing_twice_bills_nothing_the_second_time(costs, before):
    found = difference(costs, before)
    assert found.cents == whole(costs) - whole(before)
    credited = [part(-e.cents, e.rate, -e.vat_cents, -e.given_cents) for e in found.to_credit]
    again = difference(costs, [*before, *found.to_bill, *credited])

    assert again.is_nothing
    assert whole(costs) == whole(before) + whole(found.to_bill) - whole(found.to_credit)
    assert all(each.whole_cents > 0 for each in (*found.to_bill, *found.to_credit))


def test_a_credit_comes_off_the_newest_first_and_off_none_more_than_it_carries():
    carried = [(3, part(500)), (2, part(0)), (1, part(2000))]

    assert list(parted(part(900), carried)) == [(3, part(500)), (1, part(400))]
    assert list(parted(part(500), carried)) == [(3, part(500))]
    assert list(parted(part(0), carried)) == []


@given(
    st.lists(st.builds(part, st.integers(0, 5000), vat=st.integers(0, 50)), max_size=5), st.data()
)
def test_what_is_taken_off_adds_up_to_the_cent(carried, data):
    most = whole(carried)
    wanted = part(data.draw(st.integers(0, most)))
    taken = list(parted(wanted, enumerate(carried)))

    assert whole(each for _, each in taken) == wanted.whole_cents
    assert sum(each.cents for _, each in taken) == wanted.cents
    assert all(each.whole_cents <= carried[at].whole_cents for at, each in taken)


def test_what_is_owed_holds_its_vat_in_proportion():
    assert with_vat_inside(4538, {2100: 4538}) == [part(3750, 2100, 788)]
    assert with_vat_inside(1000, {None: 1000, 2100: 3000}) == [
        part(250),
        part(620, 2100, 130),
    ]
    assert with_vat_inside(1000, {2100: 0}) == [part(1000)]
    assert with_vat_inside(1, {None: 9, 2100: 1}) == [part(1)]


@given(st.integers(0, 100_000), st.dictionaries(RATES, st.integers(-5, 9_000), max_size=4))
def test_what_is_owed_is_divided_without_losing_a_cent(cents, weights):
    assert whole(with_vat_inside(cents, weights)) == cents
