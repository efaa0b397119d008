"""Which letter goes to whom when a group asks to be recognised, is, is not, or no longer."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import force_locale

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import who_hears
from buurthuis.foundation import clock, outbox
from buurthuis.foundation.db import db
from buurthuis.foundation.links import absolute
from buurthuis.rules.calendar import day_of, day_period, rfc3339
from buurthuis.rules.criteria import last_day_to_appeal
from buurthuis.tariffs.models import RateCard, Recognition
from buurthuis.tariffs.queries import recognitions_of
from buurthuis.tariffs.standing_words import known_as
from buurthuis.venues.models import Venue


def standing_asked(
    initiative: Initiative, venue: Venue | None, people: Sequence[Person], *, link: str, words: str,
    is_appeal: bool,
) -> None:  # fmt: skip
    """Who decides hears that a group waits for an answer, and what it wrote."""
    facts = _facts(initiative, venue) | {"link": link, "words": words, "is_appeal": is_appeal}
    for person in people:
        if person.email:
            mine = facts | {"person_name": person.name}
            outbox.post("standing_asked", person.email, person.language, mine)


def standing_recognised(
    recognition: Recognition, venue: Venue | None, card: RateCard | None
) -> None:
    """The group hears as what it is known from now on, and until when."""
    is_written_to = recognition.valid_to is not None and recognition.reminded_at is None
    _to_group("standing_recognised", recognition, venue, card=card, is_written_to=is_written_to)


def standing_ended(recognition: Recognition, venue: Venue | None, card: RateCard | None) -> None:
    """The group hears that it is no longer known, and how to have somebody look again."""
    today = day_of(clock.now())
    _to_group(
        "standing_ended",
        recognition,
        venue,
        card=card,
        keeps_another=_keeps_another(recognition, today),
        appeal_until_iso=_on(last_day_to_appeal(today)),
    )


def standing_ends(recognition: Recognition, venue: Venue | None, card: RateCard | None) -> None:
    """The group hears a month ahead that its recognition ends, and asks anew with one link."""
    last = recognition.valid_to
    keeps_another = last is not None and _keeps_another(recognition, last + timedelta(days=1))
    _to_group("standing_ends", recognition, venue, card=card, keeps_another=keeps_another)


def standing_refused(
    initiative: Initiative, venue: Venue | None, *, reason: str, is_appeal: bool
) -> None:
    """The group hears no, why, and until when somebody else can look again."""
    appeal_until = _on(last_day_to_appeal(day_of(clock.now())))
    facts = _facts(initiative, venue) | {
        "reason": reason,
        "is_appeal": is_appeal,
        "appeal_until_iso": appeal_until,
    }
    for person in _people_of(initiative):
        mine = facts | {"person_name": person.name}
        outbox.post("standing_refused", str(person.email), person.language, mine)


def _to_group(
    template: str,
    recognition: Recognition,
    venue: Venue | None,
    *,
    card: RateCard | None = None,
    **more: Any,
) -> None:
    initiative = db.session.get_one(Initiative, recognition.initiative_id)
    last = recognition.valid_to
    facts = _facts(initiative, venue) | {
        "reason": recognition.reason,
        "reference": recognition.reference,
        "valid_to_iso": None if last is None else _on(last),
        **more,
    }
    for person in _people_of(initiative):
        with force_locale(person.language):
            name = known_as(recognition, card.standings if card else ())
        mine = facts | {"person_name": person.name, "known_as": name}
        outbox.post(template, str(person.email), person.language, mine)


def _keeps_another(gone: Recognition, on: date) -> bool:
    """Whether another recognition of the group holds on a day where this one held."""
    return any(
        each.id != gone.id
        and each.valid_from <= on
        and (each.valid_to is None or each.valid_to >= on)
        and (gone.venue_id is None or each.venue_id in (gone.venue_id, None))
        for each in recognitions_of(gone.initiative_id)
    )


def _people_of(initiative: Initiative) -> list[Person]:
    """The contact of the group, or else everybody who speaks for it; only who has an address."""
    people = who_hears([initiative.id])[initiative.id]
    return [each for each in people if each.email and each.left_at is None]


def _facts(initiative: Initiative, venue: Venue | None) -> dict[str, Any]:
    return {
        "initiative_name": initiative.name,
        "venue_name": "" if venue is None else venue.name,
        "venue_phone": "" if venue is None else venue.phone,
        "venue_email": "" if venue is None else venue.email,
        "link": absolute("pages.standings", initiative_id=initiative.id),
    }


def _on(day: date) -> str:
    return rfc3339(day_period(day).start)
