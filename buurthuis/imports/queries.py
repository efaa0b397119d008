"""Questions for bringing in a house: what the database holds of it now."""

from collections.abc import Collection

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.imports.house import (
    House,
    HouseAddress,
    HouseBooking,
    HouseCard,
    HouseClosure,
    HouseContact,
    HouseDayPart,
    HouseDecision,
    HouseHours,
    HouseLegal,
    HouseRate,
    HouseRoom,
    HouseStanding,
)
from buurthuis.imports.house_order import in_order
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.queries import cards_of
from buurthuis.venues.models import Room, Venue


def house_of(venue: Venue) -> House:
    """The house as its file would describe it."""
    slugs = {room.id: room.slug for room in venue.rooms}
    return in_order(
        House(
            slug=venue.slug,
            name=venue.name,
            is_example=venue.is_example,
            address=HouseAddress(venue.street, venue.postcode, venue.city),
            neighbourhood=venue.neighbourhood,
            timezone=venue.timezone,
            closed_on_holidays=venue.closed_on_holidays,
            merge_gap_minutes=venue.merge_gap_minutes,
            about=venue.about,
            way_in=venue.way_in,
            house_rules=venue.house_rules,
            contact=HouseContact(venue.phone, venue.email, venue.website),
            legal=HouseLegal(venue.legal_name, venue.kvk_number, venue.vat_number),
            booking=_booking(venue),
            rooms=tuple(map(_room, venue.rooms)),
            opening_hours=_hours(venue, slugs),
            day_parts=tuple(
                HouseDayPart(part.name, part.starts_minute, part.ends_minute)
                for part in venue.day_parts
            ),
            closures=_closures(venue),
            rate_cards=tuple(card_of(card, slugs) for card in cards_of(venue)),
        )
    )


def _booking(venue: Venue) -> HouseBooking:
    return HouseBooking(
        step_minutes=venue.step_minutes,
        min_minutes=venue.min_minutes,
        max_minutes=venue.max_minutes,
        notice_minutes=venue.notice_minutes,
        horizon_days=venue.horizon_days,
        cancel_notice_hours=venue.cancel_notice_hours,
        requests_occupy=venue.requests_occupy,
    )


def _room(room: Room) -> HouseRoom:
    return HouseRoom(
        slug=room.slug,
        name=room.name,
        about=room.about,
        capacity=room.capacity,
        area_m2=room.area_m2,
        parts=tuple(part.slug for part in room.parts),
        setup_minutes=room.setup_minutes,
        teardown_minutes=room.teardown_minutes,
        turnover_minutes=room.turnover_minutes,
        approval=room.approval,
        features=tuple(each.feature for each in room.features),
        retired_at=room.retired_at,
    )


def _hours(venue: Venue, slugs: dict[int, str]) -> tuple[HouseHours, ...]:
    return tuple(
        HouseHours(
            weekday=hours.weekday,
            opens=hours.opens_minute,
            closes=hours.closes_minute,
            room=None if hours.room_id is None else slugs[hours.room_id],
            valid_from=hours.valid_from,
            valid_to=hours.valid_to,
        )
        for hours in venue.opening_hours
    )


def _closures(venue: Venue) -> tuple[HouseClosure, ...]:
    return tuple(
        HouseClosure(
            from_at=closure.from_at,
            to_at=closure.to_at,
            rooms=tuple(room.slug for room in closure.rooms),
            reason=closure.reason,
        )
        for closure in venue.closures
    )


def card_of(card: RateCard, slugs: dict[int, str]) -> HouseCard:
    """A rate card as the file would describe it."""
    return HouseCard(
        valid_from=card.valid_from,
        decision=HouseDecision(
            on=card.decision.decided_on,
            by=card.decision.decided_by,
            subject=card.decision.subject,
            reference=card.decision.reference,
        ),
        free_gap_between_parts=card.free_gap_between_parts,
        party_multiplier_bp=card.party_multiplier_bp,
        party_cleaning_cents=card.party_cleaning_cents,
        rates=tuple(
            HouseRate(
                room=slugs[rate.room_id],
                unit=rate.unit,
                cents=rate.cents,
                name=rate.name,
                starts=rate.starts_minute,
                ends=rate.ends_minute,
                rounding_minutes=rate.rounding_minutes,
                vat_bp=rate.vat_bp,
            )
            for rate in card.rates
        ),
        standings=tuple(
            HouseStanding(
                kind=standing.kind,
                label=standing.label,
                percentage_bp=standing.percentage_bp,
                has_party_surcharge=standing.has_party_surcharge,
                deposit_cents=standing.deposit_cents,
            )
            for standing in card.standings
        ),
    )


def booked_rooms(room_ids: Collection[int]) -> set[int]:
    """Which of these rooms have bookings, of whatever state."""
    asked = select(Booking.room_id).where(Booking.room_id.in_(room_ids)).distinct()
    return set(db.session.scalars(asked))


def used_cards(venue: Venue) -> set[int]:
    """The rate cards with which bookings were priced."""
    asked = select(Booking.rate_card_id).where(Booking.venue_id == venue.id).distinct()
    return {card for card in db.session.scalars(asked) if card is not None}


def rooms_elsewhere(slugs: Collection[str], venue_slug: str) -> list[str]:
    """Which of these slugs are rooms of another house."""
    asked = (
        select(Room.slug)
        .join(Room.venue)
        .where(Room.slug.in_(slugs), Venue.slug != venue_slug)
        .order_by(Room.slug)
    )
    return list(db.session.scalars(asked))
