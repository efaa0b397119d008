"""What something costs for somebody; these questions never commit.

A standing counts when a house, or the union of houses, recognised it. Until then one pays the
list price and is told what one would pay. A kind that a house charges more than the list counts
from the moment somebody says it of themselves: nobody escapes a surcharge by not asking.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, func, select

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.db import db
from buurthuis.foundation.keeping import worked_out
from buurthuis.rules import tariffs
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import WHOLE
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Kind, Purpose, StandingCode, recognised
from buurthuis.rules.standing import Recognition as RecognisedStanding
from buurthuis.tariffs.known import cards_known_on
from buurthuis.tariffs.models import BY_THE_HOUR, Rate, RateCard, Recognition, Standing
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.models import Room, Venue

SELF_DECLARED_SURCHARGE = frozenset({Kind.PRIVATE, Kind.COMMERCIAL})
NO_RATES = tariffs.RoomRates(hour=tariffs.HourRate(cents=0))


@dataclass(frozen=True, slots=True)
class Priced:
    """A quote for one initiative, with the reason for it as a code.

    `standing` is the kind that counted: the recognised one (`is_recognised`), or a self-declared
    one that pays more. `would_pay` is the quote for who has no recognised standing yet, were it recognised.
    """

    quote: tariffs.Quote
    card_id: int | None
    standing: StandingCode | None
    reason: str
    is_recognised: bool
    would_pay: tariffs.Quote | None = None


def price(room: Room, period: Period, *, initiative: Initiative | None, purpose: Purpose) -> Priced:
    """What a booking of a room costs this initiative; None is a visitor.

    Raises:
        NoPrice: the house sells nothing of this room that covers this time.
    """
    priced = price_many([room], period, initiative=initiative, purpose=purpose)
    if room.id not in priced:
        raise NoPrice(room=room.name)
    return priced[room.id]


def price_many(
    rooms: Iterable[Room], period: Period, *, initiative: Initiative | None, purpose: Purpose
) -> dict[int, Priced]:
    """What each room costs, by its id; a room without a price for this time is left out.

    The number of statements does not grow with the number of rooms.
    """
    wanted = list(rooms)
    day = day_of(period.start)
    cards = cards_on({room.venue_id for room in wanted}, day)
    standings = _recognised_in(cards, initiative, day)
    found: dict[int, Priced] = {}
    for room in wanted:
        standing = standings.get(room.venue_id)
        try:
            card = cards.get(room.venue_id)
            found[room.id] = priced_by(
                card, room, period, initiative=initiative, standing=standing, purpose=purpose
            )
        except tariffs.NoRate:
            continue
    return found


def priced_by(
    card: RateCard | None,
    room: Room,
    period: Period,
    *,
    initiative: Initiative | None,
    standing: StandingCode | None,
    purpose: Purpose,
) -> Priced:
    """What a room costs by one card for one recognised standing; asks the database nothing.

    Raises:
        rules.tariffs.NoRate: the card sells nothing of this room that covers this time.
    """
    rates = _rates_of(room, card)
    if card is None or rates is None:
        quote = tariffs.quote(period, NO_RATES, tariffs.Terms(reason="no_rate"), party=False)
        card_id = None if card is None else card.id
        return Priced(quote, card_id, standing, quote.reason, standing is not None)
    party = purpose is Purpose.PARTY
    says = None if initiative is None else initiative.kind
    counts = standing or _surcharged(card, room, says)
    reason = _reason(card, room, initiative, counts)
    quote = tariffs.quote(period, rates, _terms(card, room, counts, reason), party=party)
    would_pay = None
    if reason == "not_recognised":
        terms = _terms(card, room, says, "standing")
        would_pay = tariffs.quote(period, rates, terms, party=party)
    return Priced(quote, card.id, counts, reason, standing is not None, would_pay)


def cards_of(venue: Venue) -> Sequence[RateCard]:
    """All rate cards of a house, the oldest first."""
    asked = select(RateCard).where(RateCard.venue_id == venue.id).order_by(RateCard.valid_from)
    return db.session.scalars(asked).all()


def card_on(venue_id: int, day: date) -> RateCard | None:
    """The rate card that holds in a house on a day."""
    return cards_on({venue_id}, day).get(venue_id)


def cards_on(venue_ids: Iterable[int], day: date) -> dict[int, RateCard]:
    """The rate card that holds on a day, by house."""
    houses = list(venue_ids)
    known = cards_known_on(houses, day)
    if known is not None:
        return known
    newest = (
        select(RateCard.venue_id, func.max(RateCard.valid_from).label("valid_from"))
        .where(RateCard.venue_id.in_(houses), RateCard.valid_from <= day)
        .group_by(RateCard.venue_id)
        .subquery()
    )
    holding = and_(
        RateCard.venue_id == newest.c.venue_id, RateCard.valid_from == newest.c.valid_from
    )
    cards = db.session.scalars(select(RateCard).join(newest, holding))
    return {card.venue_id: card for card in cards}


def recognitions_of(initiative_id: int) -> Sequence[Recognition]:
    """What houses ever recognised of an initiative, the oldest first."""
    asked = select(Recognition).where(Recognition.initiative_id == initiative_id)
    return db.session.scalars(asked.order_by(Recognition.decided_at, Recognition.id)).all()


def recognitions_in(venue: Venue, *, on: date) -> Sequence[Recognition]:
    """What a house itself recognises on a day, or will, the newest first."""
    asked = select(Recognition).where(
        Recognition.venue_id == venue.id,
        Recognition.valid_to.is_(None) | (Recognition.valid_to >= on),
    )
    return db.session.scalars(asked.order_by(Recognition.decided_at.desc())).all()


def standing_of(initiative: Initiative, venue: Venue, *, on: date) -> StandingCode | None:
    """The standing that counts for an initiative in a house on a day."""
    return recognised(_as_rules(initiative), venue=venue.id, on=on)


def _as_rules(initiative: Initiative) -> list[RecognisedStanding]:
    return [
        RecognisedStanding(each.kind, each.venue_id, each.valid_from, each.valid_to)
        for each in recognitions_of(initiative.id)
    ]


def _recognised_in(
    venue_ids: Iterable[int], initiative: Initiative | None, day: date
) -> dict[int, StandingCode | None]:
    if initiative is None:
        return {}
    known = _as_rules(initiative)
    return {venue_id: recognised(known, venue=venue_id, on=day) for venue_id in venue_ids}


def _surcharged(card: RateCard, room: Room, kind: StandingCode | None) -> StandingCode | None:
    """A kind that this house charges more than the list, else None."""
    if kind not in SELF_DECLARED_SURCHARGE:
        return None
    return kind if _tends(card, room, kind) > 0 else None


def _reason(
    card: RateCard, room: Room, initiative: Initiative | None, counts: StandingCode | None
) -> str:
    if initiative is None:
        return "visitor"
    tends = _tends(card, room, counts)
    if tends:
        return "standing" if tends < 0 else "surcharge"
    if counts is None and _tends(card, room, initiative.kind) < 0:
        return "not_recognised"
    return "no_discount"


def _tends(card: RateCard, room: Room, kind: StandingCode | None) -> int:
    """Whether a standing pays less than the list (below 0), more (above) or the same (0).

    Prices of their own are less, but for who is charged more without being recognised.
    """
    standing = _standing_on(card, kind)
    if standing is None:
        return 0
    if _rates_of(room, card, kind) is not None:
        return 1 if kind in SELF_DECLARED_SURCHARGE else -1
    return standing.percentage_bp - WHOLE


def _standing_on(card: RateCard, kind: StandingCode | None) -> Standing | None:
    return next((each for each in card.standings if each.kind == kind), None)


def _terms(card: RateCard, room: Room, kind: StandingCode | None, reason: str) -> tariffs.Terms:
    standing = _standing_on(card, kind)
    surcharge = tariffs.PartySurcharge(card.party_multiplier_bp, card.party_cleaning_cents)
    if standing is None:
        return tariffs.Terms(kind=kind, percentage_bp=WHOLE, reason=reason, party=surcharge)
    return tariffs.Terms(
        kind=kind,
        percentage_bp=standing.percentage_bp,
        reason=reason,
        party=surcharge if standing.has_party_surcharge else None,
        deposit_cents=standing.deposit_cents,
        own_rates=_rates_of(room, card, kind),
    )


def _rates_of(
    room: Room, card: RateCard | None, kind: StandingCode | None = None
) -> tariffs.RoomRates | None:
    """The rates of a room in the words of the house rules; None when none was ever decided.

    With a kind these are the prices that this standing has of its own.
    """
    if card is None:
        return None
    return worked_out(card, (room.id, kind), lambda: _rates_on(card, room, kind))


def _rates_on(card: RateCard, room: Room, kind: StandingCode | None) -> tariffs.RoomRates | None:
    own = [rate for rate in card.rates if (rate.room_id, rate.kind) == (room.id, kind)]
    if not own:
        return None
    hours = {rate.unit: _hour(rate, room) for rate in own if rate.unit in BY_THE_HOUR}
    return tariffs.RoomRates(
        hour=hours.get("hour"),
        metre_hour=hours.get("metre_hour"),
        on_top=hours.get("hour_on_top"),
        parts=[_part(rate) for rate in own if rate.unit == "part"],
        blocks=[_block(rate) for rate in own if rate.unit in {"block", "booking"}],
        free_gap_between_parts=card.free_gap_between_parts,
        least_cents=next((rate.cents for rate in own if rate.unit == "least"), 0),
        vat_bp=own[0].vat_bp,
    )


def _hour(rate: Rate, room: Room) -> tariffs.HourRate:
    return tariffs.HourRate(
        cents=rate.cents,
        only_on_top=rate.unit == "hour_on_top",
        rounding_minutes=rate.rounding_minutes,
        grace_minutes=rate.grace_minutes,
        square_metres=(room.area_m2 or Decimal(0)) if rate.unit == "metre_hour" else None,
    )


def _block(rate: Rate) -> tariffs.BlockRate:
    """A block, or the price of a booking however long it is."""
    return tariffs.BlockRate(rate.cents, rate.block_minutes, rate.grace_minutes)


def _part(rate: Rate) -> tariffs.PartRate:
    return tariffs.PartRate(
        name=rate.name,
        starts=rate.starts_minute or 0,
        ends=rate.ends_minute or 0,
        cents=rate.cents,
    )
