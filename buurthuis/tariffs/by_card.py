"""What a room costs by one card, for one standing; asks the database nothing.

A standing counts when a house, or the union of houses, recognised it. Until then one pays the
list price and is told what one would pay. A kind that a house charges more than the list counts
from the moment somebody says it of themselves: nobody escapes a surcharge by not asking.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.keeping import worked_out
from buurthuis.rules import tariffs
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import WHOLE
from buurthuis.rules.periods import Period
from buurthuis.rules.reductions import NOTHING_KNOWN, History, reductions
from buurthuis.rules.standing import Kind, Purpose, StandingCode
from buurthuis.tariffs.charges import ALONE, Beside, offers_on, priced_extras, surcharges_in
from buurthuis.tariffs.models import BY_THE_HOUR, Rate, RateCard, Standing
from buurthuis.venues.models import Room

SELF_DECLARED_SURCHARGE = frozenset({Kind.PRIVATE, Kind.COMMERCIAL})
NO_RATES = tariffs.RoomRates(hour=tariffs.HourRate(cents=0))
BROUGHT = "brought"
"""The reason of a price that was settled elsewhere, before the booking came here."""


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
    history: History = NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class _Case:
    """What is priced: a room by its card, at a time, for a purpose."""

    card: RateCard
    room: Room
    period: Period
    purpose: Purpose
    beside: Beside

    def reductions(self, kind: StandingCode | None) -> tuple[tariffs.Reduction, ...]:
        """What goes off for who begins or comes often."""
        day, history = day_of(self.period.start), self.beside.history
        return reductions(offers_on(self.card), kind=kind, day=day, history=history)

    def quote(self, kind: StandingCode | None, reason: str) -> tariffs.Quote:
        """The price for a standing; a room for which nothing was decided costs nothing itself."""
        rates = _rates_of(self.room, self.card)
        terms = replace(
            tariffs.Terms(reason=reason) if rates is None else _terms(self, kind, reason),
            surcharges=surcharges_in(self.card, self.room),
        )
        return tariffs.quote(
            self.period,
            NO_RATES if rates is None else rates,
            terms,
            party=rates is not None and self.purpose is Purpose.PARTY,
            extras=priced_extras(self.card, self.beside.extras),
            people=self.beside.people,
        )


def priced_by(
    card: RateCard | None,
    room: Room,
    period: Period,
    *,
    initiative: Initiative | None,
    standing: StandingCode | None,
    purpose: Purpose,
    beside: Beside = ALONE,
) -> Priced:
    """What a room costs by one card for one recognised standing.

    Raises:
        rules.tariffs.NoRate: the card sells nothing of this room that covers this time.
    """
    is_known, history = standing is not None, beside.history
    if card is None:
        quote = tariffs.quote(period, NO_RATES, tariffs.Terms(reason="no_rate"))
        return Priced(quote, None, standing, quote.reason, is_known, history=history)
    case = _Case(card, room, period, purpose, beside)
    if _rates_of(room, card) is None:
        quote = case.quote(standing, "no_rate")
        return Priced(quote, card.id, standing, quote.reason, is_known, history=history)
    says = None if initiative is None else initiative.kind
    counts = standing or _surcharged(card, room, says)
    reason = _reason(card, room, initiative, counts)
    off = case.reductions(counts)
    if reason == "no_discount" and off:
        reason = off[0].reason
    would_pay = None
    if reason == "not_recognised":
        since = history.recognised_since or day_of(period.start)
        begun = replace(beside, history=replace(history, recognised_since=since))
        would_pay = replace(case, beside=begun).quote(says, "standing")
    quote = case.quote(counts, reason)
    return Priced(quote, card.id, counts, reason, is_known, would_pay, history)


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


def _terms(case: _Case, kind: StandingCode | None, reason: str) -> tariffs.Terms:
    card, off = case.card, case.reductions(kind)
    standing = _standing_on(card, kind)
    surcharge = tariffs.PartySurcharge(card.party_multiplier_bp, card.party_cleaning_cents)
    if standing is None:
        return tariffs.Terms(kind=kind, reason=reason, party=surcharge, reductions=off)
    return tariffs.Terms(
        kind=kind,
        percentage_bp=standing.percentage_bp,
        reason=reason,
        party=surcharge if standing.has_party_surcharge else None,
        deposit_cents=standing.deposit_cents,
        own_rates=_rates_of(case.room, card, kind),
        reductions=off,
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
