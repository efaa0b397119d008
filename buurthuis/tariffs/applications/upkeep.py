"""What the worker does about recognitions: tell a group a month ahead that one ends."""

from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.tariffs import letters
from buurthuis.tariffs.applications.queries import due_for_a_reminder
from buurthuis.tariffs.queries import card_on
from buurthuis.venues.models import Venue


@action
def remind_of_ends() -> int:
    """Tell each group once, thirty days ahead, that its recognition ends; says how many end."""
    today = day_of(clock.now())
    ending = due_for_a_reminder(today)
    for recognition in ending:
        recognition.reminded_at = clock.now()
        venue_id = recognition.venue_id
        venue = None if venue_id is None else db.session.get(Venue, venue_id)
        card = None if venue_id is None else card_on(venue_id, today)
        letters.standing_ends(recognition, venue, card)
        logbook.note("standing.end_announced", recognition, venue_id=venue_id)
    return len(ending)
