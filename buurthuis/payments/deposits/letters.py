"""The letter to a group of whose deposit the house keeps something."""

from buurthuis.foundation.links import absolute
from buurthuis.payments.deposits.models import DepositTurn
from buurthuis.payments.deposits.queries import held_of
from buurthuis.payments.refunds.letters import to_group


def kept(turn: DepositTurn) -> None:
    """They read how much, why, and what they can do; and what is still held and comes back."""
    booking = turn.deposit.booking
    to_group(
        "deposit_kept",
        booking.initiative,
        booking.venue,
        link=absolute("bookings.show", booking_id=booking.id),
        title=booking.title,
        cents=turn.cents,
        reason=turn.reason,
        left_cents=held_of([turn.deposit_id])[turn.deposit_id].cents,
    )
