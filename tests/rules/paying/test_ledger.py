"""The books balance by the way they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.paying.ledger import Account, Entry, balances, entries

MOVES = st.lists(
    st.tuples(st.sampled_from(Account), st.sampled_from(Account), st.integers(-9000, 9000)).filter(
        lambda move: move[0] is not move[1]
    )
)


@pytest.mark.parametrize(
    ("credit", "cents"), [(Account.VAT, 0), (Account.VAT, -1), (Account.BANK, 5)]
)
def test_an_entry_moves_something_between_two_accounts(credit, cents):
    with pytest.raises(ValueError, match="between two accounts"):
        Entry(Account.BANK, credit, cents)


def test_what_was_wrong_is_entered_the_other_way_round():
    entry = Entry(Account.BANK, Account.RECEIVABLE, 500)

    assert entry.reversed == Entry(Account.RECEIVABLE, Account.BANK, 500)
    assert not any(balances([entry, entry.reversed]).values())


def test_nothing_is_left_out_and_less_goes_the_other_way():
    found = entries((Account.RECEIVABLE, Account.VAT, 0), (Account.RECEIVABLE, Account.INCOME, -5))

    assert found == [Entry(Account.INCOME, Account.RECEIVABLE, 5)]


@given(MOVES)
def test_all_accounts_together_are_nothing(moves):
    assert sum(balances(entries(*moves)).values()) == 0
