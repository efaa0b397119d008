"""What is measured of what people share: public activities with seats, and hours by fair use."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

from sqlalchemy import select

from bench.meter import Send, Task
from bench.tasks import A_PAGE, A_POST, FIND, PAGE, POST, Cast, asking, span
from buurthuis.activities import actions
from buurthuis.bookings import queries
from buurthuis.foundation.db import db
from buurthuis.rules.fair_use import Per
from buurthuis.venues.models import Room, Venue
from tests.builders import fair_use
from tests.pages.reading import Reader

MANY_SEATS = 500


def together(cast: Cast) -> Iterator[Task]:
    """Everything about activities; then the same house with rules about who goes first."""
    yield from _activities(cast)
    yield from _by_fair_use(cast)


def _activities(cast: Cast) -> Iterator[Task]:
    booking, visitors = cast.coming(), count(1)
    with cast.app.app_context():
        shown = queries.booking(booking)
        story = actions.Story(title="Soup for the street", seats=MANY_SEATS)
        activity = actions.show(booking, story, by=shown.booked_by).id
    path = f"/activities/{activity}"

    def reserving() -> Send:
        hidden = Reader(cast.visitor.get(path).text).hidden
        who = {"name": f"Truus {next(visitors)}", "people": "1", "email": ""}
        return lambda: cast.visitor.post(path, data={**hidden, **who})

    yield Task("agenda: for children", asking(cast.visitor, "/agenda?for=children"), PAGE, A_PAGE)
    yield Task("activity: its page", asking(cast.visitor, path), PAGE, A_PAGE)
    yield Task("activity: reserving a seat", reserving, POST, A_POST, expects=303)
    seat = reserving()().location
    yield Task("activity: one's own seat", asking(cast.visitor, seat), PAGE, A_PAGE)
    mine = f"/me/bookings/{booking}"
    yield Task("activity: telling of it", asking(cast.bram, f"{mine}/activity"), PAGE, A_PAGE)
    yield Task("activity: who comes", asking(cast.bram, f"{mine}/visitors"), PAGE, A_PAGE)


def _by_fair_use(cast: Cast) -> Iterator[Task]:
    with cast.app.app_context():
        venue = db.session.scalars(select(Venue).join(Room).where(Room.slug == cast.room)).one()
        quota = {"per": Per.WEEK, "most_minutes": 7 * 24 * 60}
        fair_use(venue, quotas=[quota], others_days=999, first_kinds=["resident_initiative"])
    thursday = cast.today + timedelta(days=(3 - cast.today.weekday()) % 7 + 7)
    asked = f"/?day={thursday}&part=18:00-22:00&people=12&purpose=meeting"
    yield Task("fair use: find", asking(cast.bram, asked), FIND, A_PAGE)
    path = f"/rooms/{cast.room}/book"
    form = asking(cast.bram, path, query_string=span(cast.free_day()))
    yield Task("fair use: the form", form, PAGE, A_PAGE)
    yield Task("fair use: sending it", cast.sending, POST, A_POST, expects=303)
