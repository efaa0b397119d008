"""The verbs of codes: write one down, throw one away, look at them during a shift, seal them anew.

No code is ever put in a letter, in the logbook or in a file: they are opened for one answer only.
"""

from dataclasses import dataclass

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.roster.tonight.actions import locked
from buurthuis.roster.tonight.refusals import NotGoingOn
from buurthuis.roster.vault import sealing as vault
from buurthuis.roster.vault.models import CodeKind, HouseCode
from buurthuis.roster.vault.queries import codes_of, may_look
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Shown:
    """A code as it is shown once; `code` is None when its seal does not open."""

    kind: CodeKind
    place: str
    code: str | None

    def __repr__(self) -> str:
        """Without the code: what is printed by mistake tells nothing."""
        return f"Shown({self.kind}, {self.place!r})"


@action
def keep(venue: Venue, kind: CodeKind, place: str, code: str, *, by: Person) -> HouseCode:
    """Write a code down; one for the same place takes the place of the other.

    Raises:
        NotFound, NotAllowed
        NoVaultKey
    """
    demand(by, "codes.keep", venue)
    sealed = vault.seal(code, vault.Place(venue.id, kind.value, place))
    # Two who write at once come after each other.
    db.session.scalar(select(Venue.id).where(Venue.id == venue.id).with_for_update())
    where = (HouseCode.venue_id == venue.id, HouseCode.kind == kind, HouseCode.place == place)
    kept = db.session.scalar(select(HouseCode).where(*where))
    if kept is None:
        kept = HouseCode(venue_id=venue.id, kind=kind, place=place)
        db.session.add(kept)
    kept.sealed, kept.changed_at, kept.changed_by_id = sealed, clock.now(), by.id
    db.session.flush()
    note("code.kept", kept, by=by, venue_id=venue.id, kind=kind.value)
    return kept


@action
def throw_away(code_id: int, *, by: Person) -> None:
    """A code is not kept any more.

    Raises:
        NotFound, NotAllowed
    """
    kept = db.session.get(HouseCode, code_id)
    if kept is None:
        raise NotFound
    demand(by, "code.throw_away", kept)
    note("code.thrown_away", kept, by=by, venue_id=kept.venue_id, kind=kept.kind.value)
    db.session.delete(kept)


@action
def look(duty_id: int, *, by: Person) -> list[Shown]:
    """The codes of a house, for who opens or closes it now; each look is logged.

    Raises:
        NotFound, NotAllowed
        NotGoingOn: the shift is not going on, or the house is closed.
        NoVaultKey
    """
    duty = locked(duty_id)
    demand(by, "tonight.do", duty)
    if not may_look(duty, by, clock.now()):
        raise NotGoingOn
    if not vault.can_keep():
        raise vault.NoVaultKey
    shown = [_open(each) for each in codes_of(duty.venue_id)]
    note("codes.looked_at", duty, by=by, venue_id=duty.venue_id, codes=len(shown))
    return shown


@action
def seal_all_anew() -> int:
    """Put every code under the newest key; returns how many.

    Raises:
        NoVaultKey
        SealBroken: one of them opens with none of the keys; nothing was changed.
    """
    kept = db.session.scalars(select(HouseCode).order_by(HouseCode.id).with_for_update()).all()
    for each in kept:
        each.sealed = vault.seal_anew(each.sealed)
    return len(kept)


def _open(kept: HouseCode) -> Shown:
    where = vault.Place(kept.venue_id, kept.kind.value, kept.place)
    try:
        return Shown(kept.kind, kept.place, vault.unseal(kept.sealed, where))
    except vault.SealBroken:
        return Shown(kept.kind, kept.place, None)
