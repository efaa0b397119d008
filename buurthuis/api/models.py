"""The table of answers that were given under an Idempotency-Key, kept for a day."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation.db import Model


class IdempotencyKey(Model):
    """One key of one person: a print of what was asked, and the answer once there is one.

    `submission` goes with the booking, so that the key makes one booking even when it is sent
    twice at one moment or when the answer was lost on its way into this table.
    """

    __tablename__ = "idempotency_key"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    asked_hash: Mapped[str] = mapped_column(String(64))
    submission: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int | None]
    body: Mapped[str] = mapped_column(Text, default="")
