"""Sharing out between claims of one initiative that lie close together, and storing what changes by it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import BigInteger, Row, Table, bindparam, delete, select, type_coerce

from buurthuis.foundation.bulk import store_many
from buurthuis.foundation.db import Moment, db
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.queries import LONGEST
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.overlap import Claim, SelfOverlap, share_out
from buurthuis.rules.periods import Period

Plain = dict[str, Any]
"""A claim by the names of its columns; without an id it is a new one."""


def share(new: Sequence[Plain], *, around: Sequence[Period]) -> None:
    """Store new claims; those of the same initiatives around them give up what they must.

    `around` is the time that the new ones want.

    Raises:
        RoomTaken: an initiative wants a time twice.
    """
    spaces = {claim["space_id"] for claim in new}
    _divide([*_families(spaces, {claim["initiative_id"] for claim in new}, around), *new])


def hold_alone(new: Sequence[Plain]) -> None:
    """Store new claims of which none meets time that its own initiative holds: they get what they want.

    What an initiative gave up, its neighbour holds, so whoever meets no held time meets no wish.
    """
    for claim in new:
        claim["from_at"], claim["to_at"] = claim["wants_from_at"], claim["wants_to_at"]
    store_many(_TABLE, new)


def give_back(spaces: Collection[int], initiative_id: int, *, around: Sequence[Period]) -> None:
    """Give the claims of an initiative back what they gave up for those that are gone."""
    _divide(_families(spaces, {initiative_id}, around))


def _divide(claims: Iterable[Plain]) -> None:
    """Store what is new, and what holds something else now.

    The old ones go before they come back, or they would clash with each other on the way.
    """
    together: dict[tuple[int, int], list[Plain]] = defaultdict(list)
    for claim in claims:
        together[claim["space_id"], claim["initiative_id"]].append(claim)
    moved = list(chain.from_iterable(_moved(each) for each in together.values()))
    old = [claim.pop("id") for claim in moved if "id" in claim]
    if old:
        db.session.execute(delete(Occupancy).where(Occupancy.id.in_(old)))
    if moved:
        store_many(_TABLE, moved)


def _moved(claims: Sequence[Plain]) -> Iterator[Plain]:
    try:
        shares = share_out([_as_rule(index, claim) for index, claim in enumerate(claims)])
    except SelfOverlap as error:
        raise RoomTaken from error
    for index, claim in enumerate(claims):
        own = shares[index]
        if (claim.get("from_at"), claim.get("to_at")) != (own.start, own.end):
            claim["from_at"], claim["to_at"] = own.start, own.end
            yield claim


def _as_rule(key: int, claim: Plain) -> Claim:
    return Claim(
        key=key,
        owner=claim["initiative_id"],
        core=Period(claim["starts_at"], claim["ends_at"]),
        wanted=Period(claim["wants_from_at"], claim["wants_to_at"]),
    )


def _families(
    spaces: Collection[int], initiatives: Collection[int], around: Sequence[Period]
) -> list[Plain]:
    """The claims that some initiatives have around some periods, directly or through each other."""
    reach = Period(min(each.start for each in around), max(each.end for each in around))
    while True:
        asked = {
            "spaces": list(spaces),
            "initiatives": list(initiatives),
            "earliest": reach.start - LONGEST,  # No wish is longer either.
            "since": reach.start,
            "until": reach.end,
            "latest": reach.end + LONGEST,
        }
        rows = _that_touch(around, db.session.execute(_FAMILIES, asked).all())
        start = min([reach.start, *(row["wants_from_at"] for row in rows)])
        end = max([reach.end, *(row["wants_to_at"] for row in rows)])
        if (start, end) == (reach.start, reach.end):
            return rows
        reach = Period(start, end)


_TABLE = cast(Table, Occupancy.__table__)
_MOMENTS = [column.name for column in _TABLE.columns if isinstance(column.type, Moment)]

# In seconds: a group may have a whole year here, and only what lies close by becomes a claim.
_FAMILIES = select(
    *(
        type_coerce(column, BigInteger).label(column.name) if column.name in _MOMENTS else column
        for column in _TABLE.columns
    )
).where(
    _TABLE.c.space_id.in_(bindparam("spaces", expanding=True)),
    _TABLE.c.initiative_id.in_(bindparam("initiatives", expanding=True)),
    _TABLE.c.from_at > bindparam("earliest"),
    _TABLE.c.from_at < bindparam("latest"),
    _TABLE.c.wants_from_at < bindparam("until"),
    _TABLE.c.wants_to_at > bindparam("since"),
)
_WANTS_FROM, _WANTS_TO = (
    _TABLE.columns.keys().index(name) for name in ("wants_from_at", "wants_to_at")
)


def _that_touch(around: Sequence[Period], rows: Sequence[Row[Any]]) -> list[Plain]:
    """The rows that want time which hangs together with one of these periods."""
    wishes: list[tuple[int, int, Row[Any] | None]] = [
        *((int(each.start.timestamp()), int(each.end.timestamp()), None) for each in around),
        *((row[_WANTS_FROM], row[_WANTS_TO], row) for row in rows),
    ]
    found: list[Row[Any]] = []
    beside: list[Row[Any]] = []
    is_asked, reach = False, None
    for start, end, row in sorted(wishes, key=itemgetter(0)):
        if reach is None or start >= reach:
            found.extend(beside if is_asked else ())
            beside, is_asked, reach = [], False, end
        elif end > reach:
            reach = end
        if row is None:
            is_asked = True
        else:
            beside.append(row)
    return [_plain(row) for row in (*found, *(beside if is_asked else ()))]


def _plain(row: Row[Any]) -> Plain:
    """A row that was read in seconds, with its moments."""
    claim = dict(row._mapping)
    return claim | {name: datetime.fromtimestamp(claim[name], UTC) for name in _MOMENTS}
