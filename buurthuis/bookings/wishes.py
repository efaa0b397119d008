"""What somebody wants of a room, before it is a booking."""

from dataclasses import dataclass

from buurthuis.accounts.models import Initiative
from buurthuis.rules.availability import Ask
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, cleaned and checked for shape by a form."""

    period: Period
    people: int | None
    title: str
    purpose: Purpose
    remark: str = ""
    is_public: bool = False

    @property
    def ask(self) -> Ask:
        """The wish in the words of the availability rule."""
        return Ask(self.period, self.people)


@dataclass(frozen=True, slots=True)
class Order:
    """A wish for one room, by one initiative; `seen_total` is the price that was shown."""

    room: Room
    wish: Wish
    initiative: Initiative
    submission: str | None = None
    seen_total: Cents | None = None
