"""What is measured of a booking's life: a series of a year, changing, waiting, the day itself, the desk."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

from werkzeug.datastructures import MultiDict

from bench.meter import Send, Task
from bench.tasks import A_PAGE, A_POST, PAGE, POST, SERIES, Cast, asking
from bench.together import together
from buurthuis.imports.demo_people import HOME
from tests.pages.reading import Reader

WEEKS = 50


def lives(cast: Cast) -> Iterator[Task]:
    """Every page and press of a booking's life, in the order of the table."""
    yield from _series(cast)
    yield from _changing(cast)
    yield from _desk(cast)
    yield from together(cast)


def _series(cast: Cast) -> Iterator[Task]:
    def typed() -> tuple[str, dict[str, Any]]:
        """The form and an hour a week for most of a year, another room or hour each time."""
        hour = cast.free_hour()
        path = f"/rooms/{hour['room']}/series"
        when = {"day": hour["from"][:10], "from": hour["from"][11:16], "to": hour["to"][11:16]}
        told = {"people": "8", "title": "Repair Café", "purpose": "work"}
        often = {"often": "week", "step": "1", "times": str(WEEKS)}
        hidden = Reader(cast.bram.get(path).text).hidden
        return path, {**hidden, **when, **told, **often, "for": cast.initiative}

    first = typed()

    def sending() -> Send:
        path, fields = typed()
        page = cast.bram.post(path, data=fields).text
        ticks = [part.split('"', 1)[0] for part in page.split('name="on" value="')[1:]]
        chosen = MultiDict([*Reader(page).hidden.items(), *(("on", day) for day in ticks)])
        chosen["send"] = "1"
        return lambda: cast.bram.post(f"{path}/days", data=chosen)

    path, fields = first
    yield Task("series: the form", asking(cast.bram, path), PAGE, A_PAGE)
    yield Task("series: all days of a year", _press(cast.bram, path, fields), SERIES, A_PAGE)
    yield Task("series: sending a year", sending, SERIES, A_POST, expects=303)
    mine = sending()().location.split("?")[0]
    for name, more in (
        ("its page", ""),
        ("to change it", "/change"),
        ("what goes with it", "/extras"),
        ("to extend it", "/extend"),
        ("to cancel it", "/cancel"),
    ):
        yield Task(f"series: {name}", asking(cast.bram, mine + more), PAGE, A_PAGE)


def _changing(cast: Cast) -> Iterator[Task]:
    path = f"/me/bookings/{cast.coming()}"
    form = Reader(cast.bram.get(f"{path}/change").text).values
    people = cycle(["7", "8", "9"])

    def looking() -> Send:
        wanted = {**form, "people": next(people)}
        return lambda: cast.bram.post(f"{path}/change", data=wanted)

    def sending() -> Send:
        fields = Reader(looking()().text).hidden
        return lambda: cast.bram.post(f"{path}/change/send", data=fields)

    yield Task("a booking", asking(cast.bram, path), PAGE, A_PAGE)
    yield Task("change: the form", asking(cast.bram, f"{path}/change"), PAGE, A_PAGE)
    yield Task("change: what it means", looking, POST, A_POST)
    yield Task("change: sending it", sending, POST, A_POST, expects=303)
    yield Task("cancel: the question", asking(cast.bram, f"{path}/cancel"), PAGE, A_PAGE)
    room, taken = cast.taken()
    wait = asking(cast.manager, f"/rooms/{room}/wait", query_string=taken)
    yield Task("waiting list: the form", wait, PAGE, A_PAGE)


def _desk(cast: Cast) -> Iterator[Task]:
    desk = f"/houses/{HOME}"
    tomorrow = cast.today + timedelta(days=1)
    for name, path in (
        ("desk: a day", f"{desk}/bookings?day={tomorrow}"),
        ("desk: who waits", f"{desk}/waiting"),
        ("desk: by telephone", f"{desk}/phone"),
        ("desk: a list from paper", f"{desk}/list"),
        ("desk: how often yes", f"{desk}/answers"),
        ("desk: the groups", f"{desk}/recognitions"),
        ("desk: to close a room", f"{desk}/house/closures/new"),
        ("desk: fair use", f"{desk}/house/fair-use"),
    ):
        yield Task(name, asking(cast.manager, path), PAGE, A_PAGE)


def _press(client: Any, path: str, fields: dict[str, Any]) -> Callable[[], Send]:
    return lambda: lambda: client.post(path, data=fields)
