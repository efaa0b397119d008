"""Something else than we asked: nothing is confirmed, and a person decides."""

import pytest
from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.payments.checkout import asking, deciding, queries
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.checkout.refusals import NotFlagged
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.receiving.models import Payment
from buurthuis.rules.paying.checkout import Flag, State
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import HOLD
from buurthuis.rules.states import Status
from tests.builders import a_manager, a_person, a_venue
from tests.payments.builders import a_treasurer
from tests.payments.checkout.paying import (
    a_hall,
    a_kept_place,
    begun,
    given_back,
    letters,
    on_account,
    state_of,
)


@pytest.mark.parametrize(
    ("said", "flag"),
    [
        ({"amount_total": 1200}, Flag.AMOUNT),
        ({"currency": "usd"}, Flag.CURRENCY),
        ({"livemode": True}, Flag.MODE),
    ],
)
def test_something_else_than_we_asked_waits_for_a_person(app, provider, said, flag):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    provider.change(attempt.session_id, **said)

    assert asking.look(attempt.id) is State.FLAGGED
    assert asking.look(attempt.id) is State.FLAGGED

    db.session.refresh(booking)
    assert booking.status == Status.HELD
    assert [each.flag for each in queries.flagged(booking.venue_id)] == [flag]
    assert letters() == ["payment_flagged"]
    assert db.session.scalar(select(func.count(Payment.id))) == 0


def flagged(provider, cents: int = 1200) -> Checkout:
    """Bram paid another amount than we asked."""
    attempt = begun(a_kept_place(a_hall()))
    provider.pay(attempt.session_id)
    provider.change(attempt.session_id, amount_total=cents)
    asking.look(attempt.id)
    return attempt


def test_a_treasurer_lets_too_little_count_and_the_rest_stays_open(app, provider):
    attempt = flagged(provider)
    chandra = a_treasurer(attempt.venue)

    deciding.count_it(attempt.id, by=chandra)

    [invoice] = db.session.scalars(select(Invoice))
    assert state_of(attempt) is State.PAID
    assert open_cents([invoice.id]) == {invoice.id: 800}
    assert on_account(Account.ONLINE) == 1200
    with pytest.raises(NotFlagged):
        deciding.give_it_back(attempt.id, by=chandra)


def test_what_is_too_much_goes_back(app, provider):
    attempt = flagged(provider, 5000)

    deciding.count_it(attempt.id, by=a_treasurer(attempt.venue))

    assert given_back() == [3000]
    assert on_account(Account.ONLINE) == 2000


def test_a_treasurer_gives_it_back_and_bram_pays_anew(app, provider):
    attempt = flagged(provider)

    deciding.give_it_back(attempt.id, by=a_treasurer(attempt.venue))

    assert given_back() == [1200]
    booking = db.session.get_one(Booking, attempt.booking_id, populate_existing=True)
    assert booking.expires_at == clock.now() + HOLD
    again = begun(booking)
    provider.pay(again.session_id)
    assert asking.look(again.id) is State.PAID


def test_only_who_does_the_money_of_that_house_decides(app, provider):
    attempt = flagged(provider)

    for person in (a_person("Dirk"), a_manager(a_venue("elsewhere"))):
        with pytest.raises(NotFound):
            deciding.count_it(attempt.id, by=person)


def test_play_money_is_set_aside(app, provider):
    attempt = begun(a_kept_place(a_hall()))
    provider.pay(attempt.session_id)
    provider.change(attempt.session_id, livemode=True)
    asking.look(attempt.id)
    chandra = a_treasurer(attempt.venue)
    with pytest.raises(NotFlagged):
        deciding.count_it(attempt.id, by=chandra)

    deciding.set_aside(attempt.id, by=chandra)

    assert state_of(attempt) is State.FAILED
    assert queries.flagged(attempt.venue_id) == []
