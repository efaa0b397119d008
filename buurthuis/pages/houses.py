"""The pages of the houses and of their rooms: where, when, how much, by which rules."""

from datetime import timedelta

from flask import render_template, url_for

from buurthuis.bookings import activities
from buurthuis.bookings.fair_words import decided_words
from buurthuis.bookings.times import part_name
from buurthuis.bookings.week import week_of
from buurthuis.discounts.budgets import has_budgets
from buurthuis.foundation import clock
from buurthuis.foundation.access import public, visitor
from buurthuis.foundation.links import map_of
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.blueprint import Page, blueprint
from buurthuis.pages.fair_use_words import fair_use_sentences
from buurthuis.pages.opening import days_of
from buurthuis.pages.rates import card_words
from buurthuis.pages.room_words import APPROVALS, all_facts_of, facts_of
from buurthuis.pages.week_grid import grid_of
from buurthuis.rules.calendar import clock_name, day_of, week_name
from buurthuis.rules.fair_use import NO_RULES
from buurthuis.rules.periods import Period
from buurthuis.tariffs.queries import card_on
from buurthuis.venues.fair_use import fair_use_of
from buurthuis.venues.known import all_venues, bookable_rooms, room_by_slug, venue_by_slug
from buurthuis.venues.queries import notices_on, photos_of, wholes_of

A_WEEK = 7
ACTIVITIES_ON_THE_PAGE = 3
FACTS_IN_A_LIST = 5


@blueprint.get("/venues")
@public
@remembered
def venues() -> Page:
    """All houses."""
    rooms: dict[int, int] = {}
    for room in bookable_rooms():
        rooms[room.venue_id] = rooms.get(room.venue_id, 0) + 1
    return render_template("pages/venues.html", houses=all_venues(), rooms=rooms)


@blueprint.get("/venues/<slug>")
@public
@remembered
def venue(slug: str) -> Page:
    """One house."""
    house = venue_by_slug(slug)
    rooms = bookable_rooms(house)
    now = clock.now()
    today = day_of(now)
    card = card_on(house.id, today)
    rules = fair_use_of([house.id]).get(house.id, NO_RULES)
    return render_template(
        "pages/venue.html",
        venue=house,
        rooms=[(room, facts_of(room)[:FACTS_IN_A_LIST]) for room in rooms],
        days=days_of(house, today, A_WEEK),
        today=today,
        week=week_name(today),
        card=None if card is None else card_words(card, rooms),
        day_parts=[
            (part_name(part), f"{clock_name(part.starts_minute)}–{clock_name(part.ends_minute)}")
            for part in house.day_parts
        ],
        has_budgets=has_budgets(house),
        fair_use=" ".join(fair_use_sentences(rules)),
        fair_use_decided=decided_words(house) if rules != NO_RULES else "",
        notices=notices_on(house, today),
        photos=[photo for photo in photos_of(house) if photo.room_id is None],
        map_url=map_of(house.address) if house.street else "",
        activities=activities.coming(now=now, venue=house, days=60, most=ACTIVITIES_ON_THE_PAGE),
    )


@blueprint.get("/rooms/<slug>")
@public
@remembered
def room(slug: str) -> Page:
    """One room, and when it is free in the coming days."""
    shown = room_by_slug(slug)
    now = clock.now()
    today = day_of(now)
    card = card_on(shown.venue_id, today)
    on = activities.within(shown.venue, Period(now, now + timedelta(days=A_WEEK + 1)))
    days = week_of(shown.venue, today, now=now, person=visitor(), only=shown)
    return render_template(
        "pages/room.html",
        room=shown,
        venue=shown.venue,
        facts=all_facts_of(shown),
        photos=[photo for photo in photos_of(shown.venue) if photo.room_id == shown.id],
        wholes=wholes_of(shown),
        map_url=map_of(shown.venue.address) if shown.venue.street else "",
        approval=APPROVALS[shown.approval],
        card=None if card is None else card_words(card, [shown]),
        grid=grid_of(shown.venue, days, [shown], on, now=now),
        week_url=url_for("pages.week", slug=shown.venue.slug, week=week_name(today)),
    )
