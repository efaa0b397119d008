"""What the doctor looks at in the register of keys: each is in one place, and no more are out than may."""

from sqlalchemy import func, select

from buurthuis.foundation.db import db
from buurthuis.roster.keys.models import KeyIssue, KeyState, Lock, PhysicalKey
from buurthuis.roster.keys.queries import IS_OUT
from buurthuis.venues.models import Venue


def keys_out_twice() -> list[str]:
    """A key is given out to one at most, and exactly those that are given out say so."""
    out = func.count(KeyIssue.id)
    asked = (
        select(PhysicalKey.id, PhysicalKey.state, out)
        .outerjoin(KeyIssue, (KeyIssue.key_id == PhysicalKey.id) & IS_OUT[0] & IS_OUT[1])
        .group_by(PhysicalKey.id, PhysicalKey.state)
        .order_by(PhysicalKey.id)
    )
    return [
        f"Key {key} is {state.value} and {count} have it. Look where it is, and write it down anew."
        for key, state, count in db.session.execute(asked)
        if count != (state == KeyState.ISSUED)
    ]


def too_many_keys_out() -> list[str]:
    """No more keys to a lock are out than its house allows."""
    asked = (
        select(Venue.slug, Lock.name, Lock.most_issued, func.count(KeyIssue.id))
        .join(Lock, Lock.venue_id == Venue.id)
        .join(PhysicalKey, PhysicalKey.lock_id == Lock.id)
        .join(KeyIssue, KeyIssue.key_id == PhysicalKey.id)
        .where(*IS_OUT, Lock.most_issued.is_not(None))
        .group_by(Venue.slug, Lock.id, Lock.name, Lock.most_issued)
        .having(func.count(KeyIssue.id) > Lock.most_issued)
        .order_by(Venue.slug, Lock.name)
    )
    return [
        f"{slug}: {out} keys to {name!r} are out, and {most} may be. Take some back, or raise the number."
        for slug, name, most, out in db.session.execute(asked)
    ]
