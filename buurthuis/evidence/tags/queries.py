"""Questions about themes: as a column of any selection of bookings, and of one thing; never commit."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from buurthuis.accounts.models import Person
from buurthuis.activities.models import ForWhom
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.foundation.db import db
from buurthuis.rules.themes import Theme

MOST_PRESSES: Final = 8

OWN = aliased(ActivityTag, name="own_tag")
"""What was said of the booking itself, where `with_tags` joined it."""
SHARED = aliased(ActivityTag, name="series_tag")
"""What was said of its series."""

THEME: ColumnElement[Any] = func.coalesce(OWN.theme, SHARED.theme, type_=ActivityTag.theme.type)
"""The theme of a booking in a selection that went through `with_tags`; None where nobody said."""


class Press(NamedTuple):
    """What somebody said of several things at once, so that it can be taken back at once."""

    theme: Theme
    said_at: datetime
    things: int


class Said(NamedTuple):
    """What a booking is for."""

    theme: Theme
    audience: ForWhom | None = None


def with_tags(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Join to a selection from `Booking` what was said; `THEME` is then one of its columns."""
    return asked.outerjoin(OWN, OWN.booking_id == Booking.id).outerjoin(
        SHARED, and_(SHARED.series_id == Booking.series_id, OWN.id.is_(None))
    )


def said_of(about: Booking | Series) -> tuple[Said | None, Said | None]:
    """What was said of one thing itself, and what of the series that it belongs to."""
    series_id = about.id if isinstance(about, Series) else about.series_id
    whose = [ActivityTag.series_id == series_id] if series_id is not None else []
    if isinstance(about, Booking):
        whose.append(ActivityTag.booking_id == about.id)
    found = {
        tag.booking_id is not None: Said(tag.theme, tag.audience)
        for tag in db.session.scalars(select(ActivityTag).where(or_(*whose)))
    }
    return found.get(isinstance(about, Booking)), found.get(False)


def pressed_lately(venue_id: int, person: Person, now: datetime) -> list[Press]:
    """What a person said of activities of a house since yesterday, the newest first."""
    asked = (
        select(ActivityTag.theme, ActivityTag.said_at, func.count())
        .outerjoin(Booking, Booking.id == ActivityTag.booking_id)
        .outerjoin(Series, Series.id == ActivityTag.series_id)
        .where(
            ActivityTag.said_by_id == person.id,
            ActivityTag.said_at > now - timedelta(days=1),
            func.coalesce(Booking.venue_id, Series.venue_id) == venue_id,
        )
        .group_by(ActivityTag.theme, ActivityTag.said_at)
        .order_by(ActivityTag.said_at.desc(), ActivityTag.theme)
        .limit(MOST_PRESSES)
    )
    return [Press(*row) for row in db.session.execute(asked)]
