"""Any house that a file can describe, for tests that hold for all of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from buurthuis.imports.charge_values import (
    WHOLE_DAY,
    HouseExtraRate,
    HouseReduction,
    HouseSurcharge,
)
from buurthuis.imports.charges import OF_EXTRAS, OF_SURCHARGES
from buurthuis.imports.hour_checks import is_ever_open
from buurthuis.imports.house import (
    House,
    HouseAddress,
    HouseBooking,
    HouseCard,
    HouseClosure,
    HouseContact,
    HouseDayPart,
    HouseDecision,
    HouseExtra,
    HouseHours,
    HouseLegal,
    HouseNotice,
    HousePhoto,
    HouseRate,
    HouseRoom,
    HouseStanding,
)
from buurthuis.imports.house_order import in_order
from buurthuis.imports.paying import HousePaying
from buurthuis.imports.paying import in_order as in_order_of_standing
from buurthuis.imports.policies import HousePolicy
from buurthuis.imports.roster import HouseRoster
from buurthuis.rules import wording
from buurthuis.rules.cancellation import NoticeUnit, Policy, Step
from buurthuis.rules.charges import Measure
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.fair_use import FairUse, Quota
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.prime_time import Per, PrimeTime
from buurthuis.rules.reductions import Reason, Span
from buurthuis.rules.sessions import CutAt
from buurthuis.rules.spaces import spaces_of_room
from buurthuis.rules.standing import Kind, Purpose, StandingCode
from buurthuis.venues.decisions import Matter
from buurthuis.venues.models import Approval, Feature
from buurthuis.venues.pictures import FreshPicture, name_of

SLUGS = ("zaal", "keuken", "hal", "hal-oost", "hal-west")
EVIL = st.sampled_from(
    ['"""', "'''", "\\", "# x", "[rooms]", "a = 1", "\u202eomgekeerd", "é", "\t"]
)
PICTURES = tuple(
    FreshPicture(name_of(each), 4, 3, each, 2, 1, b"small") for each in (b"red", b"green", b"blue")
)
SOME_TEXT = st.one_of(EVIL, st.text(max_size=20))


def _short(text: str, longest: int) -> str:
    """The beginning of a text, as it is kept."""
    return wording.one_line(wording.one_line(text, longest=1000)[:longest], longest=longest)


lines = st.lists(SOME_TEXT, max_size=3).map(lambda found: _short(" ".join(found), 60))
short_lines = lines.map(lambda text: _short(text, 12))
names = lines.map(lambda text: text or "x")
long_texts = st.lists(SOME_TEXT, max_size=4).map(
    lambda found: wording.paragraphs("\n".join(found), longest=4000)
)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
moments = st.integers(0, 5_000_000).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
minutes = st.integers(0, 720)
weekdays = st.integers(0, 6)


@st.composite
def spans(draw: st.DrawFn, longest: int = 2160) -> tuple[int, int]:
    """From and to in clock minutes, at most until noon of the next day."""
    start = draw(st.integers(0, 1439))
    return start, draw(st.integers(start + 1, min(start + longest, 2160)))


@st.composite
def rooms(
    draw: st.DrawFn, slug: str, parts: tuple[str, ...], company: tuple[str, ...]
) -> HouseRoom:
    """A room with this slug, made of some of these, that goes only with some of those."""
    return HouseRoom(
        slug=slug,
        name=draw(names),
        capacity=draw(st.integers(1, 500)),
        about=draw(long_texts),
        way_in=draw(long_texts.map(lambda text: text[:900].strip())),
        area_m2=draw(st.none() | st.decimals("0.01", "999", places=2, allow_nan=False)),
        parts=draw(st.lists(st.sampled_from(parts), unique=True).map(tuple)) if parts else (),
        setup_minutes=draw(minutes),
        teardown_minutes=draw(minutes),
        turnover_minutes=draw(minutes),
        own_buffer_minutes=draw(minutes),
        only_with=draw(st.lists(st.sampled_from(company), unique=True).map(tuple))
        if company
        else (),
        approval=draw(st.sampled_from(Approval)),
        features=draw(st.lists(st.sampled_from(Feature), unique=True).map(tuple)),
        retired_at=draw(st.none() | moments),
        photos=draw(photos()),
    )


@st.composite
def photos(draw: st.DrawFn) -> tuple[HousePhoto, ...]:
    """Photos of some pictures that the program has."""
    pictures = draw(st.lists(st.sampled_from(PICTURES), unique_by=lambda each: each.name))
    return tuple(HousePhoto.of(picture, alt=draw(names)) for picture in pictures)


@st.composite
def extras(draw: st.DrawFn, slug: str, slugs: list[str]) -> HouseExtra:
    """Something that goes with some of these rooms, or with all."""
    return HouseExtra(
        slug=slug,
        name=draw(names),
        name_en=draw(lines),
        unit=draw(short_lines),
        stock=draw(st.none() | st.integers(1, 500)),
        rooms=draw(st.lists(st.sampled_from(slugs), unique=True).map(tuple)),
        notice_hours=draw(st.integers(0, 100)),
        before_minutes=draw(minutes),
        after_minutes=draw(minutes),
    )


@st.composite
def notices(draw: st.DrawFn) -> HouseNotice:
    """A notice for some days, or for good."""
    from_on = draw(days)
    to_on = draw(st.none() | st.integers(0, 60).map(lambda more: from_on + timedelta(days=more)))
    return HouseNotice(draw(names), from_on, to_on)


@st.composite
def decisions(draw: st.DrawFn) -> HouseDecision:
    """What residents decided about anything."""
    about = draw(st.sampled_from(Matter))
    return HouseDecision(draw(days), draw(names), draw(lines), draw(lines), about)


@st.composite
def hours(draw: st.DrawFn, slugs: list[str]) -> HouseHours:
    """Opening hours of the house or of one of these rooms."""
    valid_from = draw(st.none() | days)
    valid_to = None if valid_from is None else draw(st.none() | st.just(valid_from))
    room = draw(st.none() | st.sampled_from(slugs))
    return HouseHours(draw(st.integers(0, 6)), *draw(spans()), room, valid_from, valid_to)


@st.composite
def closures(draw: st.DrawFn, slugs: list[str]) -> list[HouseClosure]:
    """Closures of some of these rooms, or of all, one after the other."""
    found = []
    start = draw(moments)
    for _ in range(draw(st.integers(0, 3))):
        end = start + timedelta(minutes=draw(st.integers(1, 30_000)))
        some = draw(st.lists(st.sampled_from(slugs), unique=True).map(tuple))
        found.append(HouseClosure(start, end, some, draw(lines)))
        start = end + timedelta(minutes=draw(minutes))
    return found


@st.composite
def rates(
    draw: st.DrawFn, room: str, vat: int | None, kind: StandingCode | None = None
) -> list[HouseRate]:
    """Rates of one room, for everybody or for one standing."""
    cents, name = st.integers(0, 1_000_000), draw(lines)
    rounding = draw(st.sampled_from((1, 5, 15, 30, 60)))
    grace = draw(st.integers(0, rounding - 1))
    parts = draw(st.lists(spans(), unique=True, max_size=3))
    found = [HouseRate(room, "part", draw(cents), name, *part, vat_bp=vat) for part in parts]
    for unit in sorted(draw(st.sets(st.sampled_from(("hour", "hour_on_top"))))):
        counted = {"rounding_minutes": rounding, "grace_minutes": grace}
        found.append(HouseRate(room, unit, draw(cents), name, vat_bp=vat, **counted))
    if draw(st.booleans()):
        block = {
            "grace_minutes": draw(st.integers(0, 240)),
            "block_minutes": draw(st.integers(15, 1440)),
        }
        found.append(HouseRate(room, "block", draw(cents), name, vat_bp=vat, **block))
    for unit in sorted(draw(st.sets(st.sampled_from(("booking", "least"))))):
        found.append(HouseRate(room, unit, draw(cents), name, vat_bp=vat))
    return [replace(rate, kind=kind) for rate in found]


@st.composite
def standings(draw: st.DrawFn, kind: StandingCode) -> HouseStanding:
    """A standing of this kind."""
    percentage = draw(st.integers(0, 30_000))
    deposit = draw(st.integers(0, 50_000))
    asks = draw(st.sets(st.sampled_from(Criterion)))
    asked = tuple(each for each in Criterion if each in asks)
    return HouseStanding(kind, draw(names), percentage, draw(st.booleans()), deposit, asked)


@st.composite
def surcharges(draw: st.DrawFn, name: str, slugs: list[str]) -> HouseSurcharge:
    """Something that the house asks more, at some time, in one of these rooms or in all."""
    measure = draw(st.sampled_from(OF_SURCHARGES))
    is_service = measure is Measure.BOOKING
    days = sorted(draw(st.sets(weekdays, max_size=6)))
    span = draw(st.just(WHOLE_DAY) | spans(longest=1440))
    room = draw(st.none() | st.sampled_from(slugs))
    vat = draw(st.none() | st.integers(0, 10_000)) if is_service else None
    return HouseSurcharge(
        name, measure, draw(st.integers(1, 50_000)), tuple(days), *span, room, vat
    )


@st.composite
def extra_rates(draw: st.DrawFn, extra: str) -> HouseExtraRate:
    """What an extra costs."""
    measure, vat = st.sampled_from(OF_EXTRAS), st.none() | st.integers(0, 10_000)
    return HouseExtraRate(extra, draw(measure), draw(st.integers(1, 9999)), draw(vat))


@st.composite
def reductions(draw: st.DrawFn, kinds: list[str], per: Span) -> HouseReduction:
    """Something off for who begins or comes often, of one of these kinds or of any."""
    reason, off = draw(st.sampled_from(Reason)), draw(st.integers(1, 10_000))
    kind = draw(st.sampled_from([None, *kinds]))
    many = draw(st.integers(2, 100))
    if reason is Reason.STARTING:
        return HouseReduction(reason, off, kind, months=many)
    return HouseReduction(reason, off, kind, from_nth=many, per=per)


@st.composite
def policies(draw: st.DrawFn, kind: str | None) -> HousePolicy:
    """What one owes who cancels; less notice never costs less."""
    falling = (
        (8, NoticeUnit.WEEKS),
        (20, NoticeUnit.DAYS),
        (9, NoticeUnit.WORKING_DAYS),
        (1, NoticeUnit.HOURS),
    )
    notices = [each for each in falling if draw(st.booleans())]
    share = st.integers(0, 10_000)
    *dues, late, begun = sorted(draw(share) for _ in range(len(notices) + 2))
    steps = tuple(Step(*notice, due) for notice, due in zip(notices, dues, strict=True))
    times = draw(st.none() | st.integers(0, 100))
    return HousePolicy(kind, Policy(steps, late, begun, draw(share), times))


@st.composite
def cards(draw: st.DrawFn, valid_from: date, slugs: list[str], lent: list[str]) -> HouseCard:
    """A rate card for some of these rooms, and of these extras."""
    vat = st.none() | st.integers(0, 10_000)
    priced = draw(st.lists(st.sampled_from(slugs), unique=True))
    kinds = draw(st.lists(st.sampled_from([*Kind, "students", "in-oprichting"]), unique=True))
    return HouseCard(
        valid_from=valid_from,
        decision=HouseDecision(draw(days), draw(names), draw(lines), draw(lines)),
        free_gap_between_parts=draw(st.booleans()),
        party_multiplier_bp=draw(st.integers(0, 30_000)),
        party_cleaning_cents=draw(st.integers(0, 30_000)),
        rates=tuple(
            rate
            for room in priced
            for on_top in [draw(vat)]
            for kind in [None, *kinds[:1]]
            for rate in draw(rates(room, on_top, kind))
        ),
        standings=tuple(draw(standings(kind)) for kind in kinds),
        surcharges=tuple(
            draw(surcharges(name, slugs))
            for name in draw(st.sets(names.map(lambda name: _short(name, 60)), max_size=3))
        ),
        extras=tuple(draw(extra_rates(each)) for each in lent if draw(st.booleans())),
        reductions=tuple(
            draw(st.lists(reductions(kinds, draw(st.sampled_from(Span))), unique=True, max_size=3))
        ),
        policies=tuple(draw(policies(kind)) for kind in [None, *kinds[:2]] if draw(st.booleans())),
    )


@st.composite
def day_parts(draw: st.DrawFn) -> tuple[HouseDayPart, ...]:
    """Parts of the day with names of their own."""
    named = draw(st.lists(names, unique=True, max_size=4))
    return tuple(HouseDayPart(name, *draw(spans())) for name in named)


@st.composite
def bookings(draw: st.DrawFn) -> HouseBooking:
    """What a house asks of bookings."""
    least = draw(st.integers(1, 120))
    return HouseBooking(
        step_minutes=draw(st.sampled_from((5, 10, 15, 20, 30, 60))),
        min_minutes=least,
        max_minutes=draw(st.integers(least, 1440)),
        notice_minutes=draw(minutes),
        horizon_days=draw(st.integers(1, 3660)),
        cancel_notice_hours=draw(minutes),
        answer_within_hours=draw(st.integers(1, 8784)),
        grace_minutes=draw(minutes),
        requests_occupy=draw(st.booleans()),
    )


@st.composite
def quotas(draw: st.DrawFn, is_prime_only: bool) -> Quota:
    """How much one group may have."""
    most = draw(st.tuples(*[st.none() | st.integers(1, 5000)] * 2).filter(any))
    kinds = frozenset(draw(st.sets(st.sampled_from(Kind))))
    return Quota(draw(st.sampled_from(Per)), *most, is_prime_only, kinds)


@st.composite
def fair_uses(draw: st.DrawFn) -> FairUse:
    """What a house decided about fair use, or nothing; only with prime time is there more to say."""
    windows = draw(st.lists(st.builds(lambda day, span: PrimeTime(day, *span), weekdays, spans())))
    if not windows:
        return FairUse(quotas=tuple(draw(st.lists(quotas(False), max_size=2))))
    return FairUse(
        prime_time=tuple(windows),
        others_days=draw(st.none() | st.integers(0, 100)),
        first_kinds=frozenset(draw(st.sets(st.sampled_from(Kind)))),
        first_purposes=frozenset(draw(st.sets(st.sampled_from(Purpose)))),
        quotas=tuple(draw(st.lists(st.booleans().flatmap(quotas), max_size=2))),
        series_percentage=draw(st.none() | st.integers(0, 100)),
        series_days=draw(st.integers(0, 100)),
    )


@st.composite
def rosters(draw: st.DrawFn) -> HouseRoster:
    """How a house wants to be opened; somebody always comes."""
    people = draw(st.tuples(*[st.integers(0, 2)] * 3).filter(any))
    return HouseRoster(
        lead_in_minutes=draw(st.integers(0, 240)),
        lead_out_minutes=draw(st.integers(0, 240)),
        longest_minutes=draw(st.none() | st.integers(60, 1440)),
        cut_at=draw(st.sampled_from(CutAt)),
        hand_over_minutes=draw(st.integers(0, 120)),
        openers=people[0],
        closers=people[1],
        hosts=people[2],
        rest_minutes=draw(st.integers(0, 1440)),
        late_minute=draw(st.integers(0, 2160)),
    )


IBANS = ("NL91ABNA0417164300", "NL20INGB0001234567", "NL08EXBK0100000001")
some_ways = st.lists(
    st.sampled_from((Way.ONLINE, Way.INVOICE, Way.DESK)), unique=True, min_size=1
).map(tuple)


@st.composite
def payings(draw: st.DrawFn) -> HousePaying:
    """How groups pay in a house."""
    codes = draw(st.lists(st.sampled_from(Kind), unique=True, max_size=2))
    return HousePaying(
        iban=draw(st.sampled_from(("", *IBANS))),
        holder=draw(short_lines),
        days=draw(st.integers(0, 120)),
        bills_from=draw(st.none() | days),
        exemption=draw(lines),
        ways=draw(some_ways),
        by_standing=in_order_of_standing((str(code), draw(some_ways)) for code in codes),
    )


def _apart(found: list[HouseRoom]) -> tuple[HouseRoom, ...]:
    """The same rooms, none of which goes only with a room that it is a part of."""
    parts = {room.slug: room.parts for room in found}
    spaces = {room.slug: spaces_of_room(room.slug, parts) for room in found}
    return tuple(
        replace(
            room,
            only_with=tuple(o for o in room.only_with if not spaces[o] & spaces[room.slug]),
        )
        for room in found
    )


def _when_open(house: House) -> House:
    """The same house without parts of the day, and prices for one, at which it is never open."""
    hours = house.opening_hours
    if not hours:
        return house
    cards = [
        replace(
            card,
            rates=tuple(
                rate
                for rate in card.rates
                if rate.unit != "part"
                or is_ever_open(
                    [each for each in hours if each.room in (None, rate.room)],
                    rate.starts or 0,
                    rate.ends or 0,
                )
            ),
        )
        for card in house.rate_cards
    ]
    parts = [part for part in house.day_parts if is_ever_open(hours, part.starts, part.ends)]
    return replace(house, day_parts=tuple(parts), rate_cards=tuple(cards))


@st.composite
def houses(draw: st.DrawFn) -> House:
    """A house with the slug "proefhuis", in the agreed order."""
    slugs = draw(st.lists(st.sampled_from(SLUGS), unique=True, min_size=1, max_size=4))
    mine = _apart(
        [
            draw(rooms(slug, tuple(slugs[at + 1 :]), tuple(slugs[:at])))
            for at, slug in enumerate(slugs)
        ]
    )
    lent = draw(st.lists(st.sampled_from(("beamer", "koffie", "stoelen")), unique=True))
    opening = st.lists(hours(slugs), unique=True, max_size=5)
    card_days = draw(st.lists(days, unique=True, max_size=2))
    found = in_order(
        House(
            slug="proefhuis",
            name=draw(names),
            is_example=draw(st.booleans()),
            address=HouseAddress(draw(lines), draw(short_lines), draw(lines)),
            neighbourhood=draw(lines),
            closed_on_holidays=draw(st.booleans()),
            merge_gap_minutes=draw(minutes),
            about=draw(long_texts),
            way_in=draw(long_texts),
            who_opens=draw(lines),
            house_rules=draw(long_texts),
            contact=HouseContact(phone=draw(short_lines), email="huis@huis.example"),
            legal=HouseLegal(legal_name=draw(lines)),
            booking=draw(bookings()),
            fair_use=draw(fair_uses()),
            roster=draw(rosters()),
            paying=draw(payings()),
            rooms=mine,
            extras=tuple(draw(extras(slug, slugs)) for slug in lent),
            opening_hours=tuple(draw(opening)),
            day_parts=draw(day_parts()),
            closures=tuple(draw(closures(slugs))),
            notices=tuple(draw(st.lists(notices(), max_size=3))),
            photos=draw(photos()),
            decisions=tuple(draw(st.lists(decisions(), max_size=3))),
            rate_cards=tuple(draw(cards(day, slugs, lent)) for day in card_days),
        )
    )
    return _when_open(found)
