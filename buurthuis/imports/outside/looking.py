"""Looking at calendars of others: fetching with no transaction open, reading apart, then taking in."""

from buurthuis.foundation import clock
from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.fetching import fetch
from buurthuis.foundation.fetching_refused import CannotFetch
from buurthuis.foundation.settings import Settings
from buurthuis.imports.outside.looks import (
    Asked,
    came_unchanged,
    did_not_come,
    lease,
    take_in,
)
from buurthuis.imports.outside.times import sight_of


def look(settings: Settings) -> bool:
    """Look at one calendar that is due; False when none is. Many workers may do this at once."""
    asked = lease()
    if asked is None:
        return False
    try:
        _look_at(settings, asked)
    except Refusal as refusal:
        did_not_come(asked, refusal)
    except Exception:
        did_not_come(asked, CannotFetch())
        raise  # Nobody foresaw this: the worker writes it down.
    return True


def _look_at(settings: Settings, asked: Asked) -> None:
    fetched = fetch(settings, asked.address, asked.stamp)
    if fetched is None:
        came_unchanged(asked)
        return
    sight = sight_of(
        fetched.body,
        now=clock.now(),
        horizon_days=asked.horizon_days,
        takes_whole_days=asked.takes_whole_days,
        keeps_titles=asked.keeps_titles,
    )
    take_in(asked, sight, fetched.stamp)
