"""Our house: every subject on one calm page, with what stands now and the way to change it."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.formatting import day
from buurthuis.imports.house import House
from buurthuis.imports.outside.taking import calendars_of
from buurthuis.imports.queries import house_to_read
from buurthuis.pages.fair_use_words import fair_use_sentences
from buurthuis.pages.house.card_forms import card_on
from buurthuis.pages.house.door import Answer, blueprint, house_here, house_page
from buurthuis.pages.house.hour_plans import plan_on
from buurthuis.pages.house.roster_words import people_words
from buurthuis.pages.house.words import closure_when, limits_words, parts_words, week_words
from buurthuis.rules.calendar import day_of
from buurthuis.tariffs.ways.words import WAYS
from buurthuis.venues.models import Venue

SHOWN_NAMES = 6

Row = tuple[str, str, str]


@blueprint.get("/house")
@needs("house.manage", house_here)
def overview(venue: Venue) -> Answer:
    """All subjects."""
    house, today = house_to_read(venue), day_of(clock.now())
    groups = [
        (_("What people read"), _told(house, today)),
        (_("When it is open"), [*_opened(house, today), _outside(venue)]),
        (_("What you agreed"), _agreed(house, today)),
    ]
    linked = [
        (
            title,
            [
                (name, words, url_for(f"house.{page}", slug=venue.slug))
                for name, words, page in rows
            ],
        )
        for title, rows in groups
    ]
    can_begin = may(visitor(), "houses.begin")
    return house_page("overview", venue, groups=linked, can_begin=can_begin, back=None)


def _told(house: House, today: date) -> list[Row]:
    in_use = [room.name for room in house.rooms if room.retired_at is None]
    names = ", ".join(in_use[:SHOWN_NAMES])
    more = len(in_use) - SHOWN_NAMES
    if more > 0:
        names = _("%(names)s and %(more)s more", names=names, more=more)
    contact = [house.contact.phone, house.contact.email, house.contact.website]
    return [
        (
            _("About the house"),
            ", ".join(filter(None, (house.name, house.address.street))),
            "about",
        ),
        (_("Contact"), ", ".join(filter(None, contact)) or _("Nothing yet"), "contact"),
        (_("Rooms"), names or _("None yet"), "rooms"),
        (_("Extras"), _extras(house), "extras"),
        (_("Photos"), _photos(house), "photos"),
        (_("Notices"), _notices(house, today), "notices"),
    ]


def _opened(house: House, today: date) -> list[Row]:
    coming = [each for each in house.closures if day_of(each.to_at) >= today]
    closed = closure_when(coming[0], today) if coming else _("Nothing planned")
    if len(coming) > 1:
        closed = _("%(first)s, and %(more)s more", first=closed, more=len(coming) - 1)
    return [
        (_("Opening hours"), week_words(plan_on(house.opening_hours, None, today)), "hours"),
        (_("Parts of the day"), parts_words(house.day_parts) or _("None yet"), "day_parts"),
        (_("Closed days"), closed, "closures"),
        (_("Opening and closing"), people_words(house.roster), "roster"),
    ]


def _outside(venue: Venue) -> Row:
    names = ", ".join(calendar.name for calendar in calendars_of(venue))
    return _("Calendars of others"), names or _("None yet"), "outside"


def _agreed(house: House, today: date) -> list[Row]:
    lines = len([line for line in house.house_rules.split("\n") if line.strip()])
    rules = ngettext("%(num)s rule", "%(num)s rules", lines) if lines else _("None yet")
    card = card_on(house, today)
    costs = _("Everything is free")
    if card.rates:
        costs = _("Since %(day)s", day=day(card.valid_from, 0))
    return [
        (_("Rules of the house"), rules, "rules"),
        (_("Bookings"), limits_words(house.booking), "limits"),
        (_("Fair use"), _fair_use(house), "fair_use"),
        (_("Prices"), costs, "prices"),
        (_("Paying"), ", ".join(str(WAYS[way]) for way in house.paying.ways), "paying"),
    ]


def _fair_use(house: House) -> str:
    rules = fair_use_sentences(house.fair_use)
    if not rules:
        return _("Everybody may book everything")
    return rules[0] if len(rules) == 1 else _("%(count)s rules", count=len(rules))


def _extras(house: House) -> str:
    names = [extra.name for extra in house.extras[:SHOWN_NAMES]]
    more = len(house.extras) - SHOWN_NAMES
    if more > 0:
        return _("%(names)s and %(more)s more", names=", ".join(names), more=more)
    return ", ".join(names) or _("None yet")


def _photos(house: House) -> str:
    count = len(house.photos) + sum(len(room.photos) for room in house.rooms)
    return ngettext("%(num)s photo", "%(num)s photos", count) if count else _("None yet")


def _notices(house: House, today: date) -> str:
    hanging = [
        each
        for each in house.notices
        if each.from_on <= today and (each.to_on is None or each.to_on >= today)
    ]
    if not hanging:
        return _("The board is empty")
    return ngettext("%(num)s on the board", "%(num)s on the board", len(hanging))
