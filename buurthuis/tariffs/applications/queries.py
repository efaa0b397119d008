"""Questions about groups that ask to be recognised; these never commit."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Initiative, Person, Role, RoleName
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.rows import row_of
from buurthuis.rules.calendar import day_of
from buurthuis.rules.criteria import REMINDED_AHEAD, TIME_TO_APPEAL, Criterion, Offered
from buurthuis.tariffs.applications.models import Application, State
from buurthuis.tariffs.models import RateCard, Recognition
from buurthuis.venues.models import Venue


def application_by_id(application_id: int) -> Application:
    """What a group asked.

    Raises:
        NotFound
    """
    return row_of(Application, application_id)


def applications_of(initiative: Initiative, *houses: Venue | None) -> Sequence[Application]:
    """What a group ever asked, the newest first; of these houses when some are named."""
    asked = select(Application).where(Application.initiative_id == initiative.id)
    if houses:
        asked = asked.where(or_(*map(_in, houses)))
    return db.session.scalars(
        asked.order_by(Application.asked_at.desc(), Application.id.desc())
    ).all()


def open_applications(venue: Venue | None) -> Sequence[Application]:
    """What waits for an answer of a house, or of all houses together; who waits longest first."""
    asked = (
        select(Application)
        .where(_in(venue), Application.state == State.ASKED)
        .options(
            joinedload(Application.initiative),
            joinedload(Application.refused),
            joinedload(Application.ended),
        )
        .order_by(Application.asked_at, Application.id)
    )
    return db.session.scalars(asked).all()


def was_appealed(which: ColumnElement[bool]) -> bool:
    """Whether somebody asked already that a no, or an end, is looked at again."""
    return db.session.scalar(select(Application.id).where(which)) is not None


def open_of(initiative: Initiative, venue: Venue) -> Application | None:
    """What a group asks of a house and waits for."""
    told = applications_of(initiative, venue)
    return next((each for each in told if each.state is State.ASKED), None)


def counting_open(venue: Venue) -> Select[int]:
    """How many groups wait for an answer of a house, to be asked with other counts."""
    here = _in(venue), Application.state == State.ASKED
    return select(func.count()).select_from(Application).where(*here)


def came_of(recognition_ids: Iterable[int]) -> dict[int, Application]:
    """What a group told before it was recognised, by the recognition."""
    asked = select(Application).where(Application.recognition_id.in_(list(recognition_ids)))
    return {each.recognition_id: each for each in db.session.scalars(asked) if each.recognition_id}


def ending_soon(venue: Venue | None, today: date) -> Sequence[Recognition]:
    """What a house recognised that ends within thirty days, the first to end first.

    One that another takes over is left out.
    """
    asked = select(Recognition).where(
        Recognition.venue_id == (None if venue is None else venue.id), _ends_soon(today)
    )
    return db.session.scalars(asked.order_by(Recognition.valid_to, Recognition.id)).all()


def due_for_a_reminder(today: date) -> Sequence[Recognition]:
    """What ends within thirty days anywhere and of which nobody heard yet; locked for this worker."""
    asked = (
        select(Recognition)
        .where(_ends_soon(today), Recognition.reminded_at.is_(None))
        .order_by(Recognition.id)
        .limit(50)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalars(asked).all()


def ended_lately(initiative: Initiative, now: datetime) -> Sequence[Recognition]:
    """What somebody ended so lately that the group may still appeal, and has not."""
    appealed = select(Application.appeal_of_end_id).where(Application.appeal_of_end_id.is_not(None))
    asked = select(Recognition).where(
        Recognition.initiative_id == initiative.id,
        Recognition.ended_at.is_not(None),
        Recognition.ended_at > now - TIME_TO_APPEAL - timedelta(days=1),
        Recognition.id.not_in(appealed),
    )
    return db.session.scalars(asked.order_by(Recognition.ended_at.desc())).all()


def over_all_houses(*roles: RoleName) -> Sequence[Person]:
    """Who has one of these roles over all houses together, each person once."""
    today = day_of(clock.now())
    asked = (
        select(Person)
        .join(Role, Role.person_id == Person.id)
        .where(
            Role.name.in_(roles),
            Role.venue_id.is_(None),
            Role.until_on.is_(None) | (Role.until_on >= today),
            Person.left_at.is_(None),
        )
    )
    return db.session.scalars(asked.order_by(Person.id)).unique().all()


def recognition_by_id(recognition_id: int) -> Recognition:
    """A recognition.

    Raises:
        NotFound
    """
    return row_of(Recognition, recognition_id)


def house_of(recognition: Recognition) -> Venue | None:
    """The house that recognised; None is all houses together."""
    return None if recognition.venue_id is None else db.session.get(Venue, recognition.venue_id)


def names_of(initiative_ids: Collection[int]) -> dict[int, str]:
    """The names of groups, by their id."""
    asked = select(Initiative.id, Initiative.name).where(Initiative.id.in_(initiative_ids))
    return {each.id: each.name for each in db.session.execute(asked)}


def offers_of(card: RateCard | None) -> list[Offered]:
    """The standings of a card, with what each asks of a group."""
    return [
        Offered(each.kind, each.percentage_bp, frozenset(map(Criterion, each.asks)))
        for each in (card.standings if card else ())
    ]


def _in(venue: Venue | None) -> ColumnElement[bool]:
    return Application.venue_id == (None if venue is None else venue.id)


def _ends_soon(today: date) -> ColumnElement[bool]:
    later = Recognition.__table__.alias("later")
    taken_over = (
        select(later.c.id)
        .where(
            later.c.initiative_id == Recognition.initiative_id,
            later.c.venue_id.is_not_distinct_from(Recognition.venue_id),
            later.c.purpose.is_not_distinct_from(Recognition.purpose),
            later.c.id > Recognition.id,
        )
        .exists()
    )
    return Recognition.valid_to.between(today, today + REMINDED_AHEAD) & ~taken_over
