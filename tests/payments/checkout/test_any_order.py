"""The same news in every order, each piece twice: the tables end up the same, but for moments."""

from itertools import permutations

import pytest
from sqlalchemy import func, select

from buurthuis.bookings import actions as desk
from buurthuis.foundation.db import Model, db
from buurthuis.payments.checkout import upkeep
from buurthuis.payments.checkout.models import Checkout, StripeEvent
from buurthuis.rules.paying.checkout import State
from tests.conftest import empty
from tests.payments.checkout.paying import a_hall, a_kept_place, begun

UNTIMED = {"stripe_event", "pulse", "alembic_version", "sign_in_session"}
"""Tables that tell which news came; all others tell what came of it."""


def everything() -> dict[str, list[tuple]]:
    """All rows but for moments, marks that are drawn by lot and the news itself."""
    found = {}
    for table in Model.metadata.sorted_tables:
        if table.name in UNTIMED:
            continue
        names = [each for each in table.columns if not _differs(each.name)]
        rows = db.session.execute(select(*names)).all() if names else []
        found[table.name] = sorted(map(repr, rows))
    return found


def _differs(name: str) -> bool:
    by_lot = {"uid", "mark", "session_id", "intent_id", "address", "provider_id", "id", "facts"}
    by_lot |= {"calendar", "email", "recipient", "reference", "text"}
    return name.endswith(("_at", "_id", "_until")) or name in by_lot


def a_life(provider, client, order: tuple[int, ...], ends: str) -> dict[str, list[str]]:
    """Pay by a way that takes days; its events come in this order, each of them twice."""
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.news("withheld")
    provider.pend(attempt.session_id)
    provider.arrive(attempt.session_id) if ends != "failed" else provider.fail(attempt.session_id)
    if ends == "gave_back":
        desk.cancel(booking.id, by=booking.booked_by)
    events = provider.events[-2:]
    for place in order:
        answer = provider.deliver(client, events[place % len(events)], "meevaart")
        assert answer.status_code == 200
    upkeep.follow_payments()
    return everything()


@pytest.mark.parametrize("ends", [State.PAID, State.FAILED, State.GAVE_BACK])
def test_all_orders_of_the_same_news_with_duplicates_end_in_the_same_rows(
    app, provider, client, ends
):
    found = []
    for order in sorted(set(permutations((0, 0, 1, 1)))):
        found.append(a_life(provider, client, order, ends))
        assert db.session.scalars(select(Checkout.state)).one() is ends
        assert db.session.scalar(select(func.count(StripeEvent.id))) == 2
        db.session.rollback()
        empty(db.engine.dialect.name)
        provider.till.events.clear()

    for each in found:
        assert each == found[0]
    assert sum("booking_confirmed" in row for row in found[0]["outbox"]) == (ends is State.PAID)
