"""Questions about themes: as a column of any selection of bookings, and of some bookings; never commit."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from buurthuis.activities.models import ForWhom
from buurthuis.bookings.models import Booking
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.foundation.db import db
from buurthuis.rules.themes import Theme

OWN = aliased(ActivityTag, name="own_tag")
"""What was said of the booking itself, where `with_tags` joined it."""
SHARED = aliased(ActivityTag, name="series_tag")
"""What was said of its series."""

THEME: ColumnElement[Any] = func.coalesce(OWN.theme, SHARED.theme, type_=ActivityTag.theme.type)
"""The theme of a booking in a selection that went through `with_tags`; None where nobody said."""
# A word of the booking counts as a whole: an audience of the series does not shine through.
AUDIENCE: ColumnElement[Any] = func.coalesce(
    OWN.audience, SHARED.audience, type_=ActivityTag.audience.type
)


class Said(NamedTuple):
    """What a booking is for."""

    theme: Theme
    audience: ForWhom | None = None


def with_tags(asked: Select[Any]) -> Select[Any]:
    """Join to a selection from `Booking` what was said; `THEME` is then one of its columns."""
    return asked.outerjoin(OWN, OWN.booking_id == Booking.id).outerjoin(
        SHARED, and_(SHARED.series_id == Booking.series_id, OWN.id.is_(None))
    )


def themes_of(booking_ids: Iterable[int]) -> dict[int, Said]:
    """What each of these bookings is for; those of which nobody said it are left out."""
    asked = with_tags(select(Booking.id, THEME, AUDIENCE).where(Booking.id.in_(list(booking_ids))))
    return {
        number: Said(theme, audience)
        for number, theme, audience in db.session.execute(asked)
        if theme is not None
    }
