"""Changing a booking that exists: at once, or asked of the house beside it."""

from buurthuis.bookings.changes import rights
from buurthuis.bookings.changes.actions import (
    Sent,
    approve,
    edit,
    expire_changes,
    move,
    refuse,
    send,
    withdraw,
)
from buurthuis.bookings.changes.meaning import WORDS, Wanted
from buurthuis.bookings.changes.taking_back import take_back

__all__ = [
    "WORDS",
    "Sent",
    "Wanted",
    "approve",
    "edit",
    "expire_changes",
    "move",
    "refuse",
    "rights",
    "send",
    "take_back",
    "withdraw",
]
