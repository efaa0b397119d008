"""A house as its file describes it: plain values, in the order in which a reader meets them.

Two files that say the same make two equal houses, whatever their layout; what the file leaves
out has the value written here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from buurthuis.imports.charge_values import HouseExtraRate, HouseReduction, HouseSurcharge
from buurthuis.imports.paying import AS_USUAL, HousePaying
from buurthuis.imports.policies import HousePolicy
from buurthuis.imports.roster import USUAL, HouseRoster
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.fair_use import NO_RULES, FairUse
from buurthuis.rules.standing import StandingCode
from buurthuis.venues.decisions import Matter
from buurthuis.venues.models import Approval, Feature
from buurthuis.venues.pictures import FreshPicture


@dataclass(frozen=True, slots=True)
class HousePhoto:
    """A photo by the name of its file, with what is on it in words.

    A picture that the program does not have yet travels along; it says nothing that its name does
    not say, so two photos of one name are equal.
    """

    file: str
    alt: str
    picture: FreshPicture | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, picture: FreshPicture, *, alt: str) -> "HousePhoto":
        """A photo of a picture that has just been taken in."""
        return cls(f"{picture.name}.jpg", alt, picture)

    @property
    def name(self) -> str:
        """The name of its picture."""
        return self.file.removesuffix(".jpg")


@dataclass(frozen=True, slots=True)
class HouseRoom:
    """A room, with the slugs of the rooms it is made of, and of those it goes together with."""

    slug: str
    name: str
    capacity: int
    about: str = ""
    way_in: str = ""
    area_m2: Decimal | None = None
    parts: tuple[str, ...] = ()
    setup_minutes: int = 0
    teardown_minutes: int = 0
    turnover_minutes: int = 0
    own_buffer_minutes: int = 0
    only_with: tuple[str, ...] = ()
    approval: Approval = Approval.ASK
    features: tuple[Feature, ...] = ()
    retired_at: datetime | None = None
    photos: tuple[HousePhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseExtra:
    """Something that one can ask for with a room (all rooms when none is named); no stock: endless."""

    slug: str
    name: str
    name_en: str = ""
    unit: str = ""
    stock: int | None = None
    rooms: tuple[str, ...] = ()
    notice_hours: int = 0
    before_minutes: int = 0
    after_minutes: int = 0


@dataclass(frozen=True, slots=True)
class HouseHours:
    """Hours on one weekday (Monday is 0), of the house or of one room, in clock minutes."""

    weekday: int
    opens: int
    closes: int
    room: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class HouseDayPart:
    """A named part of the day, in clock minutes."""

    name: str
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class HouseClosure:
    """A span in which the named rooms, or all of them, are closed."""

    from_at: datetime
    to_at: datetime
    rooms: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HouseNotice:
    """What the house tells everybody, from a day on, until a day (included) or for good."""

    text: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class HouseDecision:
    """What residents decided, when, and where it can be read; that of a rate card is about rates."""

    on: date
    by: str
    subject: str = ""
    reference: str = ""
    about: Matter = Matter.RATES


@dataclass(frozen=True, slots=True)
class HouseRate:
    """The price of one room: for an hour, a part of the day, a block of minutes, or a booking.

    With a `kind` it is for that standing alone.
    """

    room: str
    unit: str
    cents: int
    name: str = ""
    starts: int | None = None
    ends: int | None = None
    rounding_minutes: int = 15
    vat_bp: int | None = None
    grace_minutes: int = 0
    block_minutes: int | None = None
    kind: StandingCode | None = None


@dataclass(frozen=True, slots=True)
class HouseStanding:
    """What part of the list price a kind of initiative pays, and what it asks of a group."""

    kind: StandingCode
    label: str
    percentage_bp: int
    has_party_surcharge: bool = True
    deposit_cents: int = 0
    asks: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseCard:
    """A rate card; all its lists are sets, kept in one agreed order."""

    valid_from: date
    decision: HouseDecision
    free_gap_between_parts: bool = False
    party_multiplier_bp: int = 10000
    party_cleaning_cents: int = 0
    rates: tuple[HouseRate, ...] = ()
    standings: tuple[HouseStanding, ...] = ()
    surcharges: tuple[HouseSurcharge, ...] = ()
    extras: tuple[HouseExtraRate, ...] = ()
    reductions: tuple[HouseReduction, ...] = ()
    policies: tuple[HousePolicy, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseContact:
    """How to reach the house."""

    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class HouseLegal:
    """Who stands behind the house on an invoice."""

    legal_name: str = ""
    kvk_number: str = ""
    vat_number: str = ""


@dataclass(frozen=True, slots=True)
class HouseBooking:
    """What the house asks of every booking."""

    step_minutes: int = 15
    min_minutes: int = 30
    max_minutes: int = 960
    notice_minutes: int = 0
    horizon_days: int = 548
    cancel_notice_hours: int = 48
    answer_within_hours: int = 72
    grace_minutes: int = 30
    requests_occupy: bool = True


@dataclass(frozen=True, slots=True)
class HouseAddress:
    """Where the house stands."""

    street: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """Everything a house file says."""

    slug: str
    name: str
    is_example: bool = False
    address: HouseAddress = HouseAddress()
    neighbourhood: str = ""
    timezone: str = "Europe/Amsterdam"
    closed_on_holidays: bool = True
    merge_gap_minutes: int = 60
    about: str = ""
    way_in: str = ""
    who_opens: str = ""
    house_rules: str = ""
    contact: HouseContact = HouseContact()
    legal: HouseLegal = HouseLegal()
    booking: HouseBooking = HouseBooking()
    fair_use: FairUse = NO_RULES
    roster: HouseRoster = USUAL
    paying: HousePaying = AS_USUAL
    rooms: tuple[HouseRoom, ...] = ()
    extras: tuple[HouseExtra, ...] = ()
    opening_hours: tuple[HouseHours, ...] = ()
    day_parts: tuple[HouseDayPart, ...] = ()
    closures: tuple[HouseClosure, ...] = ()
    notices: tuple[HouseNotice, ...] = ()
    photos: tuple[HousePhoto, ...] = ()
    decisions: tuple[HouseDecision, ...] = ()
    rate_cards: tuple[HouseCard, ...] = ()
