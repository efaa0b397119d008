"""Questions for bringing in a house: what the database holds of it now."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.keeping import kept_value
from buurthuis.imports.extras import described_extras
from buurthuis.imports.fair_use import stored_fair_use
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
    HouseNotice,
    HousePhoto,
    HouseRate,
    HouseRoom,
    HouseStanding,
)
from buurthuis.imports.house_order import in_order
from buurthuis.imports.paying import stored_paying
from buurthuis.imports.policies import described_policies
from buurthuis.imports.roster import stored_roster
from buurthuis.imports.storing_charges import described_charges
from buurthuis.rules.criteria import Criterion
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.queries import cards_of
from buurthuis.venues.decisions import Decision
from buurthuis.venues.models import Closure, Room, Venue
from buurthuis.venues.notices import Notice
from buurthuis.venues.photos import Photo, Picture
from buurthuis.venues.queries import notices_of, photos_of


def house_of(venue: Venue) -> House:
    """The house as its file would describe it; the number of questions does not grow with it."""
    venue = _brought_along(venue)
    slugs = {room.id: room.slug for room in venue.rooms}
    photos = photos_by_room(venue)
    cards, extras = cards_of(venue), described_extras(venue)
    lent = {each.slug for each in extras}
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
            who_opens=venue.who_opens,
            house_rules=venue.house_rules,
            contact=HouseContact(venue.phone, venue.email, venue.website),
            legal=HouseLegal(venue.legal_name, venue.kvk_number, venue.vat_number),
            booking=_booking(venue),
            fair_use=stored_fair_use(venue),
            roster=stored_roster(venue),
            paying=stored_paying(venue),
            rooms=tuple(_room(room, photos.get(room.id, ())) for room in venue.rooms),
            extras=extras,
            opening_hours=_hours(venue, slugs),
            day_parts=tuple(
                HouseDayPart(part.name, part.starts_minute, part.ends_minute)
                for part in venue.day_parts
            ),
            closures=_closures(venue),
            notices=tuple(map(described_notice, notices_of(venue))),
            photos=_photos(photos.get(None, ())),
            decisions=tuple(map(described_decision, other_decisions(venue, cards))),
            rate_cards=tuple(card_of(card, slugs, lent) for card in cards),
        )
    )


def house_to_read(venue: Venue) -> House:
    """The same for a page, before anything is changed: worked out once until a house changes."""
    return kept_value("described house", venue.id, lambda: house_of(venue))


def _brought_along(venue: Venue) -> Venue:
    """The house with what it is made of, with one question for each kind that is not known yet."""
    rooms = selectinload(Venue.rooms)
    return db.session.scalars(
        select(Venue)
        .where(Venue.id == venue.id)
        .options(
            rooms.selectinload(Room.parts),
            rooms.selectinload(Room.only_with),
            rooms.selectinload(Room.features),
            selectinload(Venue.opening_hours),
            selectinload(Venue.day_parts),
            selectinload(Venue.closures).selectinload(Closure.rooms),
        )
    ).one()


def _booking(venue: Venue) -> HouseBooking:
    return HouseBooking(
        step_minutes=venue.step_minutes,
        min_minutes=venue.min_minutes,
        max_minutes=venue.max_minutes,
        notice_minutes=venue.notice_minutes,
        horizon_days=venue.horizon_days,
        cancel_notice_hours=venue.cancel_notice_hours,
        answer_within_hours=venue.answer_within_hours,
        grace_minutes=venue.grace_minutes,
        requests_occupy=venue.requests_occupy,
    )


def _room(room: Room, photos: Collection[Photo]) -> HouseRoom:
    return HouseRoom(
        slug=room.slug,
        name=room.name,
        about=room.about,
        way_in=room.way_in,
        capacity=room.capacity,
        area_m2=room.area_m2,
        parts=tuple(part.slug for part in room.parts),
        setup_minutes=room.setup_minutes,
        teardown_minutes=room.teardown_minutes,
        turnover_minutes=room.turnover_minutes,
        own_buffer_minutes=room.own_buffer_minutes,
        only_with=tuple(other.slug for other in room.only_with),
        approval=room.approval,
        features=tuple(each.feature for each in room.features),
        retired_at=room.retired_at,
        photos=_photos(photos),
    )


def _photos(photos: Collection[Photo]) -> tuple[HousePhoto, ...]:
    return tuple(HousePhoto(f"{photo.name}.jpg", photo.alt) for photo in photos)


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
        for closure in venue.own_closures
    )


def card_of(card: RateCard, slugs: dict[int, str], lent: Collection[str]) -> HouseCard:
    """A rate card as the file would describe it; what an extra cost that is gone is not told."""
    return HouseCard(
        valid_from=card.valid_from,
        decision=described_decision(card.decision),
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
                grace_minutes=rate.grace_minutes,
                block_minutes=rate.block_minutes,
                kind=rate.kind,
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
                asks=tuple(map(Criterion, standing.asks)),
            )
            for standing in card.standings
        ),
        **described_charges(card, slugs, lent),
        policies=described_policies(card.policies),
    )


def described_notice(notice: Notice) -> HouseNotice:
    """A notice as the file would describe it."""
    return HouseNotice(notice.text, notice.from_on, notice.to_on)


def described_decision(decision: Decision) -> HouseDecision:
    """A decision as the file would describe it."""
    return HouseDecision(
        on=decision.decided_on,
        by=decision.decided_by,
        subject=decision.subject,
        reference=decision.reference,
        about=decision.about,
    )


def other_decisions(venue: Venue, cards: Collection[RateCard]) -> list[Decision]:
    """What residents decided, but for what stands with one of these rate cards."""
    asked = select(Decision).where(Decision.venue_id == venue.id).order_by(Decision.id)
    with_cards = {card.decision_id for card in cards}
    return [each for each in db.session.scalars(asked) if each.id not in with_cards]


def photos_by_room(venue: Venue) -> dict[int | None, list[Photo]]:
    """The photos by the room they are of; those of the house itself under None."""
    found: dict[int | None, list[Photo]] = {}
    for photo in photos_of(venue):
        found.setdefault(photo.room_id, []).append(photo)
    return found


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


def pictures_of(venue: Venue) -> dict[str, bytes]:
    """The large pictures that a house shows, by name."""
    asked = select(Picture.name, Picture.large).join(Photo).where(Photo.venue_id == venue.id)
    return {row.name: row.large for row in db.session.execute(asked.order_by(Picture.name))}


def is_picture(name: str) -> bool:
    """Whether we have a picture of this name."""
    return db.session.scalar(select(Picture.id).where(Picture.name == name)) is not None
