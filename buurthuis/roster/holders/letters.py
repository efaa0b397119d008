"""Which letter goes to whom when somebody's shifts are open again."""

from collections.abc import Iterable, Sequence
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.roster.models import Duty
from buurthuis.rules.calendar import rfc3339
from buurthuis.venues.models import Venue


def let_go(person: Person, venue: Venue, duties: Sequence[Duty], because: str) -> None:
    """The person hears which shifts they no longer have, and why."""
    if person.email:
        facts = _of_house(venue) | {"person_name": person.name, "because": because}
        facts |= {"shifts": shifts_told(duties), "link": absolute("pages.me")}
        outbox.post("shifts_let_go", person.email, person.language, facts)


def open_again(
    coordinators: Iterable[Person],
    person: Person,
    venue: Venue,
    duties: Sequence[Duty],
    because: str,
) -> None:
    """The coordinators hear which shifts nobody does any more."""
    for each in coordinators:
        if each.email and each.id != person.id:
            facts = _of_house(venue) | {"person_name": each.name, "holder_name": person.name}
            facts |= {"because": because, "shifts": shifts_told(duties)}
            facts["link"] = absolute("roster.cover", slug=venue.slug)
            outbox.post("shifts_open_again", each.email, each.language, facts)


def shifts_told(duties: Sequence[Duty]) -> list[dict[str, str]]:
    """Shifts as a letter tells them."""
    return [
        {"kind": duty.kind, "from_iso": rfc3339(duty.starts_at), "to_iso": rfc3339(duty.ends_at)}
        for duty in duties
    ]


def _of_house(venue: Venue) -> dict[str, Any]:
    return {
        "venue_name": venue.name,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
    }
