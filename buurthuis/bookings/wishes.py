"""What somebody wants of a room, before it is a booking."""

from dataclasses import dataclass
from datetime import date, datetime

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.bundles.models import Bundle
from buurthuis.bookings.series.models import Series
from buurthuis.extras.wishes import Wanted
from buurthuis.rules.availability import Ask, Problem
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.tariffs.by_card import Priced
from buurthuis.tariffs.charges import Beside
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, cleaned and checked for shape by a form.

    `setup_minutes` and `teardown_minutes` are the group's own, on top of those of the room.
    `along` are the rooms of the same bundle, by id. It may be one of a series.
    """

    period: Period
    people: int | None
    title: str
    purpose: Purpose
    remark: str = ""
    is_public: bool = False
    setup_minutes: int = 0
    teardown_minutes: int = 0
    along: frozenset[int] = frozenset()
    extras: tuple[Wanted, ...] = ()
    is_series: bool = False
    everybody: int | None = None
    """How many come to all rooms of the bundle together."""

    @property
    def ask(self) -> Ask:
        """The wish in the words of the availability rule."""
        return Ask(
            self.period,
            self.people,
            setup_minutes=self.setup_minutes,
            teardown_minutes=self.teardown_minutes,
            along=self.along,
            purpose=self.purpose,
            is_series=self.is_series,
        )

    @property
    def beside(self) -> Beside:
        """What its price follows from besides the room, the time and the purpose."""
        return Beside(self.everybody or self.people, tuple(sorted(self.extras)))


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a house agreed on before it came here, in a calendar that it brings along.

    It needs no answer of the house, the rules of fair use and the terms in `sets_aside` do not
    count for it, and it holds the time that it names and no minute around it. `price` is what it
    costs where that was settled there; without one it costs what the house asks here.
    """

    sets_aside: frozenset[Problem]
    price: Priced | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A wish for one room, by one initiative; `seen_total` is the price that was shown.

    `booker` is who booked, where somebody else typed it for them.

    With `held_until` the place is offered: it is kept until then, for them to say yes or no. With
    an `exception` a manager sets the rules of fair use aside, and says why. `instead_of` is the time
    of a booking of the same house that changes into this. With `only_seen` nothing will be booked: it
    is asked what stands in the way, and the next ones do not meet it. What the house `agreed` on
    before it came here is put in the books as it was. `pays_by` is the way to pay that was chosen; paying
    online keeps the place until it is paid.
    """

    room: Room
    wish: Wish
    initiative: Initiative
    submission: str | None = None
    seen_total: Cents | None = None
    booker: Person | None = None
    held_until: datetime | None = None
    bundle: Bundle | None = None
    exception: str = ""
    instead_of: Period | None = None
    series: Series | None = None
    series_day: date | None = None
    only_seen: bool = False
    agreed: Agreement | None = None
    pays_by: Way | None = None
