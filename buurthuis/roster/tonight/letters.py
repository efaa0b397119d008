"""Letters about a shift as it is done, never with a code: is the house closed, and something went wrong."""

from collections.abc import Iterable, Iterator

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import coordinators_with_address
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.roster.models import Duty
from buurthuis.roster.tonight.models import Incident
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.on_duty import Asked


def is_it_closed(duty: Duty, people: Iterable[Person], asked: Asked, *, open_duty: Duty) -> bool:
    """Ask whether a house is closed; False when none of these people has an address.

    `open_duty` is the shift at whose page they can say so.
    """
    written = False
    for person, email in _with_address(people):
        facts = {
            "person_name": person.name,
            "venue_name": duty.venue.name,
            "venue_address": duty.venue.address,
            "holder_name": duty.person.name,
            "asked": asked.name.lower(),
            "ends_iso": rfc3339(duty.ends_at),
            "link": absolute("roster.shift", duty_id=open_duty.id),
        }
        outbox.post("house_not_closed", email, person.language, facts)
        written = True
    return written


def incident_told(incident: Incident) -> None:
    """Tell who looks after the house that something went wrong; what it was stands on the page."""
    for person, email in _with_address(coordinators_with_address(incident.venue)):
        facts = {
            "person_name": person.name,
            "venue_name": incident.venue.name,
            "teller_name": incident.told_by.name,
            "kind": incident.kind.value,
            "told_iso": rfc3339(incident.told_at),
            "link": absolute("roster.incidents", slug=incident.venue.slug),
        }
        outbox.post("incident_told", email, person.language, facts)


def _with_address(people: Iterable[Person]) -> Iterator[tuple[Person, str]]:
    for person in people:
        if person.email is not None and person.left_at is None:
            yield person, person.email
