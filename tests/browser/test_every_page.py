"""Every page can be read by everybody: axe, a narrow phone, light and dark, a strict browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.rules.calendar import week_name
from tests.browser.conftest import LONG_TITLE, ask, next_week

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DESK = "/houses/meevaart"
PAGES = {
    "find": ("", "/"),
    "find-wrong": ("", "/?day={day}&people=many&from=20:00&to=19:00"),
    "results": ("", "/?day={day}&part=18:00-22:00&people=10"),
    "nothing-free": ("", "/?day={day}&part=18:00-22:00&people=900"),
    "houses": ("", "/venues"),
    "house": ("", "/venues/meevaart"),
    "week": ("Bram", "/venues/meevaart/week/{week}"),
    "room": ("", "/rooms/long"),
    "agenda": ("", "/agenda"),
    "sign-in": ("", "/sign-in"),
    "code": ("", "/sign-in/code"),
    "form": ("", "/rooms/long/book"),
    "review": ("Bram", "/rooms/long/book"),
    "show": ("Bram", "/me/bookings/{booking}"),
    "me": ("Bram", "/me"),
    "desk": ("Amina", DESK + "/"),
    "day": ("Amina", DESK + "/bookings?day={day}"),
    "requests": ("Amina", DESK + "/requests"),
    "groups": ("Amina", DESK + "/recognitions"),
    "booking": ("Amina", DESK + "/bookings/{booking}"),
}
SCHEMES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
STATUSES_THAT_ARE_ANSWERS = "Failed to load resource: the server responded with a status of 422"


@pytest.fixture(scope="module")
def window(visit):
    """A function that gives the window of somebody; each has one, as at home."""
    windows = {}

    def of(name):
        if name not in windows:
            windows[name] = visit(name)
        return windows[name]

    return of


@pytest.fixture(scope="module", params=PAGES)
def page(request, window):
    """One page, with what the browser complained of as `page.complaints`."""
    name, path = PAGES[request.param]
    opened = window(name).new_page()
    opened.complaints = []
    opened.on("console", lambda message: opened.complaints.append(message.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    (booking,) = ask(select(Booking.id).where(Booking.title == LONG_TITLE))
    day = next_week(1)
    opened.goto(path.format(day=day, week=week_name(day), booking=booking))
    if request.param == "review":
        _fill_in(opened)
    yield opened
    opened.close()


def _fill_in(opened):
    opened.get_by_label("Which day?").select_option(next_week().isoformat())
    opened.get_by_role("radio", name="evening").check()
    opened.get_by_label("How many people come?").fill("12")
    opened.get_by_label("What are you going to do?").fill(LONG_TITLE)
    opened.get_by_role("button", name="Go on").click()
    opened.wait_for_url("**/review")


def test_a_page_can_be_read_by_everybody(page):
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=rules)
        assert not found.response["violations"], f"{scheme}: {found.generate_report()}"


def test_a_page_never_scrolls_sideways(page):
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px of page on {width} px of screen"


def test_the_browser_has_nothing_to_complain_of(page):
    left = [each for each in page.complaints if not each.startswith(STATUSES_THAT_ARE_ANSWERS)]
    assert left == []
