"""The doctor finds what a hand did to money that goes back, and to deposits."""

import pytest
from sqlalchemy import text

from buurthuis.foundation.db import db
from buurthuis.payments.ledger.guard import KEPT
from buurthuis.upkeep.doctor import _complaints as complaints
from buurthuis.upkeep.doctor_of_deposits import deposits_and_books, more_back_than_came
from tests.builders import a_confirmed_booking, a_person, a_room, friday
from tests.payments.doors import gone_back_in

CHECKS = (more_back_than_came, deposits_and_books)
GUARDS = ("refund_within_payment", "deposit_within_taken")


@pytest.fixture
def unguarded(app):
    """A payment of which something goes back and something is held, and nobody guards it."""
    booking = a_confirmed_booking(a_room(), friday(19, 21))
    gone_back_in(booking, by=a_person())
    assert [complaints(check) for check in CHECKS] == [[], []]
    if app.config["ENGINE"] == "postgresql":
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        kept = (f"{table}_is_kept_{event}" for table in KEPT for event in ("update", "delete"))
        ours = (f"{name}_{event}" for name in GUARDS for event in ("insert", "update"))
        for trigger in (*kept, *ours):
            db.session.execute(text(f"DROP TRIGGER {trigger}"))
    yield
    db.session.rollback()


@pytest.mark.parametrize(
    ("deed", "check"),
    [
        ("UPDATE refund SET cents = 2001", more_back_than_came),
        ("UPDATE payment SET undone_at = 1", more_back_than_came),
        ("UPDATE deposit_turn SET cents = cents + 1 WHERE turn = 'taken'", deposits_and_books),
        ("UPDATE deposit_turn SET agreed_at = 1", deposits_and_books),
        ("DELETE FROM deposit_turn WHERE turn = 'taken'", deposits_and_books),
        ("UPDATE ledger_entry SET cents = 1 WHERE credit = 'deposit'", deposits_and_books),
    ],
)
def test_the_doctor_finds_what_a_hand_did(unguarded, deed, check):
    db.session.execute(text(deed))
    db.session.expire_all()

    assert [each for each in CHECKS if complaints(each)] == [check]
