"""Versions of what a board wrote down: the newest of each thing, and all of them to read back."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select

from buurthuis.evidence.year.models import Target, Written, YearMoney, YearWords
from buurthuis.evidence.year.told_models import VolunteerRate
from buurthuis.foundation.db import db

Yearly = YearMoney | YearWords | Target
KINDS: tuple[type[Yearly], ...] = (YearMoney, YearWords, Target)

V = TypeVar("V", bound=Written)
Y = TypeVar("Y", bound=YearMoney | YearWords | Target)
K = TypeVar("K")


def standing(versions: Iterable[V], key: Callable[[V], K]) -> dict[K, V]:
    """The newest of each thing, without those that were taken back; versions come in their order."""
    newest = {key(each): each for each in versions}
    return {name: each for name, each in newest.items() if not each.is_taken_back}


def latest(kind: type[Y], venue_id: int | None, year: int) -> dict[tuple[str | int, ...], Y]:
    """The newest version of each thing of a house and year, also where it was taken back."""
    return {each.key: each for each in db.session.scalars(_of(kind, venue_id, year))}


def latest_rates() -> dict[tuple[str | int, ...], VolunteerRate]:
    """The newest version of the rate of each level and month, also where it was taken back."""
    asked = select(VolunteerRate).order_by(VolunteerRate.number)
    return {each.key: each for each in db.session.scalars(asked)}


def rate_history() -> list[VolunteerRate]:
    """Every version of every rate, the newest first."""
    return list(db.session.scalars(select(VolunteerRate).order_by(VolunteerRate.id.desc())))


def history(venue_id: int | None, year: int) -> list[Yearly]:
    """Every version of a house and year, the newest first."""
    found: list[Yearly] = []
    for kind in KINDS if venue_id is not None else KINDS[-1:]:
        found.extend(db.session.scalars(_of(kind, venue_id, year)))
    return sorted(found, key=lambda each: (each.made_at, each.number), reverse=True)


def last_seen(rows: Iterable[Written]) -> int:
    """The number of the newest of these rows, to know later whether somebody wrote since; 0 for none."""
    return max((each.id for each in rows), default=0)


def _of(kind: type[Y], venue_id: int | None, year: int) -> Select[Y]:
    here: ColumnElement[bool] = kind.venue_id == venue_id
    return select(kind).where(here, kind.year == year).order_by(kind.number)
