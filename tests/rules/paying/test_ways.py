"""Which ways to pay are offered, and which happens where nobody chooses."""

import pytest

from buurthuis.rules.paying.ways import LEAST_ONLINE, Way, by_itself, offered

ALL = (Way.ONLINE, Way.INVOICE, Way.DESK)


@pytest.mark.parametrize(
    ("ways", "cents", "has_account", "found"),
    [
        (ALL, 3000, True, ALL),
        (ALL, 3000, False, (Way.INVOICE, Way.DESK)),
        (ALL, 0, True, (Way.NONE,)),
        (ALL, LEAST_ONLINE, True, ALL),
        (ALL, LEAST_ONLINE - 1, True, (Way.INVOICE, Way.DESK)),
        ((Way.ONLINE,), 3000, False, (Way.INVOICE,)),
        ((Way.DESK, Way.DESK), 3000, True, (Way.DESK,)),
        ((), 3000, True, (Way.INVOICE,)),
    ],
)
def test_a_house_offers(ways, cents, has_account, found):
    assert offered(ways, cents=cents, has_account=has_account) == found


def test_where_nobody_chooses_nothing_has_to_be_done_now():
    assert by_itself(ALL) is Way.INVOICE
    assert by_itself((Way.ONLINE,)) is Way.ONLINE
