"""Recognising the standing of an initiative, and ending a recognition."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.rows import row_of
from buurthuis.rules import wording
from buurthuis.rules.calendar import day_of
from buurthuis.rules.criteria import REMINDED_AHEAD
from buurthuis.rules.standing import Purpose, StandingCode
from buurthuis.tariffs import letters
from buurthuis.tariffs.models import Recognition
from buurthuis.tariffs.queries import card_on
from buurthuis.tariffs.refusals import RecognitionOver
from buurthuis.venues.models import Venue

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a standing is recognised, until when, and for which activity alone (None is for all)."""

    reason: str
    valid_to: date | None = None
    reference: str = ""
    purpose: Purpose | None = None


@action
def recognise(
    initiative: Initiative,
    kind: StandingCode,
    *,
    venue: Venue | None,
    by: Person,
    reason: str,
    valid_to: date | None = None,
    purpose: Purpose | None = None,
) -> Recognition:
    """Recognise a standing from today on, in one house, or in all of them when `venue` is None.

    What the same house recognised before ends with it. Bookings that were made keep their price.

    Raises:
        NotFound: nobody but a manager of the house, or an admin for all houses, may do this.
        RecognitionOver: the last day lies before today.
        rules.wording.TooLong: the reason does not fit.
    """
    demand(by, "standing.recognise", venue)
    return record(initiative, kind, Grounds(reason, valid_to, purpose=purpose), venue=venue, by=by)


def record(
    initiative: Initiative,
    kind: StandingCode,
    grounds: Grounds,
    *,
    venue: Venue | None,
    by: Person,
) -> Recognition:
    """Write down what was recognised; the verb around it asked whether this person may.

    Raises:
        RecognitionOver, rules.wording.TooLong
    """
    # Two managers who recognise one group at one moment must not leave two that run.
    lock_initiative(initiative.id)
    now = clock.now()
    today = day_of(now)
    last = grounds.valid_to
    if last is not None and last < today:
        raise RecognitionOver(valid_to=last)
    for earlier in _running(initiative, venue, grounds.purpose, today):
        _end(earlier, today)
    recognition = Recognition(
        initiative_id=initiative.id,
        venue_id=None if venue is None else venue.id,
        kind=kind,
        purpose=grounds.purpose,
        valid_from=today,
        valid_to=last,
        decided_by_id=by.id,
        decided_at=now,
        reason=wording.one_line(grounds.reason, longest=LONGEST_REASON),
        reference=wording.one_line(grounds.reference, longest=LONGEST_REASON),
        # Who is told a last day that is near needs no second letter about it.
        reminded_at=now if last is not None and last <= today + REMINDED_AHEAD else None,
    )
    db.session.add(recognition)
    db.session.flush()
    logbook.note(
        "standing.recognised", recognition, by=by, venue_id=recognition.venue_id, kind=str(kind)
    )
    return recognition


def lock_initiative(initiative_id: int) -> None:
    """Let no other transaction recognise this group meanwhile."""
    db.session.execute(
        select(Initiative.id).where(Initiative.id == initiative_id).with_for_update()
    )


@action
def end_recognition(recognition_id: int, *, by: Person) -> Recognition:
    """End a recognition: from today on it counts no more, and the group hears of it.

    Raises:
        NotFound: there is none, or this person may not end it.
    """
    recognition = row_of(Recognition, recognition_id)
    venue_id = recognition.venue_id
    venue = None if venue_id is None else db.session.get_one(Venue, venue_id)
    demand(by, "standing.recognise", venue)
    today, now = day_of(clock.now()), clock.now()
    is_running = recognition.valid_to is None or recognition.valid_to >= today
    _end(recognition, today)
    if is_running:
        recognition.ended_by_id, recognition.ended_at = by.id, now
        card = None if venue_id is None else card_on(venue_id, today)
        letters.standing_ended(recognition, venue, card)
    logbook.note(
        "standing.ended", recognition, by=by, venue_id=venue_id, kind=str(recognition.kind)
    )
    return recognition


def _running(
    initiative: Initiative, venue: Venue | None, purpose: Purpose | None, today: date
) -> list[Recognition]:
    """What the same house recognised for the same activity and what has not ended."""
    same_house = Recognition.venue_id == (None if venue is None else venue.id)
    asked = select(Recognition).where(
        Recognition.initiative_id == initiative.id,
        same_house,
        Recognition.purpose == purpose,
        Recognition.valid_to.is_(None) | (Recognition.valid_to >= today),
    )
    return list(db.session.scalars(asked))


def _end(recognition: Recognition, today: date) -> None:
    """Yesterday is the last day; one that began today never counted and ends before it began."""
    yesterday = today - timedelta(days=1)
    if recognition.valid_to is None or recognition.valid_to > yesterday:
        recognition.valid_to = yesterday
