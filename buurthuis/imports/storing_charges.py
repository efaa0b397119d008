"""What comes on top of a room and what goes off: from the rows of a rate card, and into them."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from buurthuis.extras.models import BookingExtra, Extra
from buurthuis.foundation.db import db
from buurthuis.imports.charge_values import HouseExtraRate, HouseReduction, HouseSurcharge
from buurthuis.imports.house import HouseCard
from buurthuis.tariffs.charge_models import EVERY_DAY, ExtraRate, Reduction, Surcharge
from buurthuis.tariffs.charges import mask_of, weekdays_of
from buurthuis.tariffs.models import RateCard
from buurthuis.venues.models import Room, Venue


def described_charges(
    card: RateCard, slugs: Mapping[int, str], lent: Collection[str]
) -> dict[str, Any]:
    """What a card says of this, by the names of a card in a file."""
    return {
        "surcharges": tuple(
            HouseSurcharge(
                name=each.name,
                measure=each.measure,
                amount=each.amount,
                weekdays=()
                if each.weekdays == EVERY_DAY
                else tuple(sorted(weekdays_of(each.weekdays))),
                starts=each.starts_minute,
                ends=each.ends_minute,
                room=None if each.room_id is None else slugs[each.room_id],
                vat_bp=each.vat_bp,
            )
            for each in card.surcharges
        ),
        "extras": tuple(
            HouseExtraRate(each.slug, each.measure, each.cents, each.vat_bp)
            for each in card.extra_rates
            if each.slug in lent
        ),
        "reductions": tuple(
            HouseReduction(
                each.reason, each.off_bp, each.kind, each.months, each.from_nth, each.per
            )
            for each in card.reductions
        ),
    }


def charge_rows(venue: Venue, card: HouseCard, rooms: Mapping[str, Room]) -> dict[str, Any]:
    """The rows of a new card, by the names that it has for them."""
    return {
        "surcharges": [
            Surcharge(
                name=each.name,
                measure=each.measure,
                amount=each.amount,
                weekdays=mask_of(frozenset(each.weekdays)),
                starts_minute=each.starts,
                ends_minute=each.ends,
                room_id=None if each.room is None else rooms[each.room].id,
                vat_bp=each.vat_bp,
            )
            for each in card.surcharges
        ],
        "extra_rates": extra_rate_rows(venue, card.extras),
        "reductions": [
            Reduction(
                reason=each.reason,
                off_bp=each.off_bp,
                kind=each.kind,
                months=each.months,
                from_nth=each.from_nth,
                per=each.per,
            )
            for each in card.reductions
        ],
    }


def extra_rate_rows(venue: Venue, rates: Collection[HouseExtraRate]) -> list[ExtraRate]:
    """The rows of prices of extras of a house."""
    if not rates:
        return []
    asked = select(Extra.slug, Extra.id).where(Extra.venue_id == venue.id)
    ids = {row.slug: row.id for row in db.session.execute(asked)}
    return [
        ExtraRate(
            extra_id=ids[each.extra], measure=each.measure, cents=each.cents, vat_bp=each.vat_bp
        )
        for each in rates
    ]


def booked_extras(venue: Venue) -> set[str]:
    """The slugs of the extras of a house that anybody ever asked for."""
    asked = select(Extra.slug).join(BookingExtra).where(Extra.venue_id == venue.id).distinct()
    return set(db.session.scalars(asked))
