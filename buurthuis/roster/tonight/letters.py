"""Letters about a shift as it is done, never with a code: is the house closed, and something went wrong."""

from collections.abc import Iterable

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.roster.models import Duty
from buurthuis.roster.tonight.models import Incident
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.on_duty import Asked
from buurthuis.venues.models import Venue


def coordinators_of(venue: Venue) -> list[Person]:
    """Who looks after the roster; the managers where nobody does."""
    return people_with_role(venue, RoleName.COORDINATOR) or people_with_role(
        venue, RoleName.MANAGER
    )


def is_it_closed(duty: Duty, people: Iterable[Person], asked: Asked, *, open_duty: Duty) -> bool:
    """Ask whether a house is closed; False when none of these people has an address.

    `open_duty` is the shift at whose page they can say so.
    """
    written = False
    for person in people:
        if person.email is None or person.left_at is not None:
            continue
        facts = {
            "person_name": person.name,
            "venue_name": duty.venue.name,
            "venue_address": duty.venue.address,
            "holder_name": duty.person.name,
            "asked": asked.name.lower(),
            "ends_iso": rfc3339(duty.ends_at),
            "link": absolute("roster.shift", duty_id=open_duty.id),
        }
        outbox.post("house_not_closed", person.email, person.language, facts)
        written = True
    return written


def incident_told(incident: Incident) -> None:
    """Tell who looks after the house that something went wrong; what it was stands on the page."""
    for person in coordinators_of(incident.venue):
        if person.email is None:
            continue
        facts = {
            "person_name": person.name,
            "venue_name": incident.venue.name,
            "teller_name": incident.told_by.name,
            "kind": incident.kind.value,
            "told_iso": rfc3339(incident.told_at),
            "link": absolute("roster.incidents", slug=incident.venue.slug),
        }
        outbox.post("incident_told", person.email, person.language, facts)
