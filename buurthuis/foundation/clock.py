"""The only clock in the house: everything else is told what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC, in whole seconds, as the database stores it."""
    return datetime.now(UTC).replace(microsecond=0)
