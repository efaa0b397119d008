"""What is asked: figures of some houses for some days, perhaps of one room, standing or theme alone."""

from dataclasses import dataclass, replace

from buurthuis.rules.figures import spans
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.standing import StandingCode


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures. A standing or theme of "" is "not known"; None is all of them."""

    venue_ids: frozenset[int]
    span: Span
    room_id: int | None = None
    standing: StandingCode | None = None
    theme: str | None = None

    @property
    def is_part(self) -> bool:
        """It is about one room, standing or theme: what is known of whole houses alone has no value."""
        return any(each is not None for each in (self.room_id, self.standing, self.theme))


def before(asked: Asked) -> Asked:
    """The same for the span with which it is compared."""
    return replace(asked, span=spans.before(asked.span))
