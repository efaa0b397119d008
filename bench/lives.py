"""What is measured of a booking's life: a series of a year, changing, waiting, the day itself, the desk."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from bench.meter import Send, Task
from bench.tasks import A_PAGE, A_POST, PAGE, POST, SERIES, Cast
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.imports.demo_people import HOME
from buurthuis.rules.states import Status
from tests.pages.reading import Reader

WEEKS = 50


def lives(cast: Cast) -> Iterator[Task]:
    """Every page and press of a booking's life, in the order of the table."""
    yield from _series(cast)
    yield from _changing(cast)
    yield from _desk(cast)


def _series(cast: Cast) -> Iterator[Task]:
    path = f"/rooms/{cast.room}/series"

    def typed() -> dict[str, Any]:
        """An hour a week for most of a year, another weekday or hour each time."""
        hour = cast.free_hour()
        when = {"day": hour["from"][:10], "from": hour["from"][11:16], "to": hour["to"][11:16]}
        told = {"people": "8", "title": "Repair Café", "purpose": "work"}
        often = {"often": "week", "step": "1", "times": str(WEEKS)}
        hidden = Reader(cast.bram.get(path).text).hidden
        return {**hidden, **when, **told, **often, "group": cast.initiative}

    def looking() -> Send:
        fields = typed()
        return lambda: cast.bram.post(path, data=fields)

    def sending() -> Send:
        page = cast.bram.post(path, data=typed()).text
        ticks = [part.split('"', 1)[0] for part in page.split('name="on" value="')[1:]]
        fields = MultiDict([*Reader(page).hidden.items(), *(("on", day) for day in ticks)])
        fields["send"] = "1"
        return lambda: cast.bram.post(f"{path}/days", data=fields)

    yield Task("series: the form", lambda: lambda: cast.bram.get(path), PAGE, A_PAGE)
    yield Task("series: all days of a year", looking, SERIES, A_PAGE)
    yield Task("series: sending a year", sending, SERIES, A_POST, expects=303)
    answer = sending()()
    yield Task("series: its page", _page(cast.bram, answer.location), PAGE, A_PAGE)


def _changing(cast: Cast) -> Iterator[Task]:
    number = _coming(cast)
    path = f"/me/bookings/{number}"
    form = Reader(cast.bram.get(f"{path}/change").text).values
    wanted = {**form, "people": "7"}
    yield Task("a booking", _page(cast.bram, path), PAGE, A_PAGE)
    yield Task("change: the form", _page(cast.bram, f"{path}/change"), PAGE, A_PAGE)
    look = _press(cast.bram, f"{path}/change", wanted)
    yield Task("change: what it means", look, POST, A_POST)


def _desk(cast: Cast) -> Iterator[Task]:
    desk = f"/houses/{HOME}"
    tomorrow = cast.today + timedelta(days=1)
    for name, path in (
        ("desk: a day", f"{desk}/bookings?day={tomorrow}"),
        ("desk: who waits", f"{desk}/waiting"),
        ("desk: by telephone", f"{desk}/phone"),
        ("desk: a list from paper", f"{desk}/list"),
        ("desk: how often yes", f"{desk}/answers"),
    ):
        yield Task(name, _page(cast.manager, path), PAGE, A_PAGE)


def _page(client: Any, path: str) -> Callable[[], Send]:
    return lambda: lambda: client.get(path)


def _press(client: Any, path: str, fields: dict[str, Any]) -> Callable[[], Send]:
    return lambda: lambda: client.post(path, data=fields)


def _coming(cast: Cast) -> int:
    """A booking of the initiative that still comes."""
    with cast.app.app_context():
        asked = select(Booking.id).where(
            Booking.initiative_id == int(cast.initiative),
            Booking.status == Status.CONFIRMED,
            Booking.from_at > clock.now() + timedelta(days=14),
        )
        return db.session.scalars(asked.order_by(Booking.from_at).limit(1)).one()
