"""Whoever looks, axe finds nothing: each page as each of us sees it, in a lively house and an empty one."""

import re
from html.parser import HTMLParser

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.pages import ENDPOINTS, LOOKING, NO_PAGES, PAGES, address, is_page
from tests.browser.test_every_page import faults, options_for
from tests.browser.world import EMPTY
from tests.builders import a_session
from tests.test_rights import DOORS, IN

pytestmark = pytest.mark.browser

HOUSES = {"lively": {}, "empty": {"slug": EMPTY}}
OF_A_HOUSE_ALONE = re.compile(r"<(?:[^<>]*:)?(?!slug>|week>)\w+>")


class _Shape(HTMLParser):
    """What a page is built of, whatever its words and however often."""

    def __init__(self):
        super().__init__()
        self.parts = set()

    def handle_starttag(self, tag, attrs):
        kept = {name: value for name, value in attrs if name in {"class", "type", "role", "open"}}
        self.parts.add((tag, *sorted((name, value or "") for name, value in kept.items())))


def shape_of(text):
    """The parts of what stands between the head and the foot, which are the same everywhere."""
    shape = _Shape()
    shape.feed(text.partition("</header>")[2].partition("<footer")[0])
    return shape.parts


def looks(houses, world):
    """Each page as somebody sees it who sees a part that nobody before them saw.

    The first look at each page is not among them: that is the table in `pages.py`.
    """
    known = {}
    for name in LOOKING:
        with houses.app_context():
            browser = houses.test_client()
            if LOOKING[name]:
                a_session(world.person(LOOKING[name]), browser)
        for endpoint in ENDPOINTS:
            if DOORS[f"GET {endpoint}"][name] != IN:
                continue
            for house, parts in HOUSES.items():
                path = path_of(houses, endpoint, world.parts | parts)
                if parts and not path.startswith((f"/houses/{EMPTY}", f"/venues/{EMPTY}")):
                    continue
                answer = browser.get(path)
                assert answer.status_code < 500, f"{name}: {path}"
                if answer.status_code != 200:
                    continue
                shape = shape_of(answer.text)
                if endpoint in known and not shape <= known[endpoint]:
                    yield name, endpoint, house, path
                known[endpoint] = known.get(endpoint, set()) | shape


def path_of(houses, endpoint, parts):
    rules = houses.url_map.iter_rules(endpoint)
    return address(next(each.rule for each in rules if "GET" in each.methods), parts)


def test_every_role_sees_pages_in_which_axe_finds_nothing(houses, world, visit):
    windows = {name: visit(who, language="nl") for name, who in LOOKING.items()}
    found, seen = {}, []
    for name, endpoint, house, path in looks(houses, world):
        page = windows[name].new_page()
        page.goto(path)
        page.evaluate(AXE_SCRIPT)
        wrong = faults(page, options_for(endpoint))
        if wrong:
            found[f"{endpoint}, {house}, as {name}"] = wrong
        seen.append((name, house))
        page.close()

    assert found == {}
    assert {"booker", "manager"} <= {name for name, _house in seen}
    assert {house for _name, house in seen} == set(HOUSES)


def test_every_page_is_looked_at(houses):
    """The table comes from the doors; what is said to be no page must answer none."""
    doors = {
        f"GET {route.endpoint}" for route in houses.url_map.iter_rules() if "GET" in route.methods
    }

    assert {door.split()[1] for door in doors if is_page(door)} == set(PAGES)
    assert NO_PAGES.keys() <= {door.split()[1] for door in doors}


@pytest.mark.parametrize("endpoint", NO_PAGES)
def test_what_is_no_page_answers_none(houses, world, endpoint):
    rule = next(iter(houses.url_map.iter_rules(endpoint))).rule
    parts = world.parts | {"filename": "none.css", "code": "nl"}
    with houses.app_context():
        browser = houses.test_client()
        a_session(world.person("booker"), browser)
    answer = browser.get(address(rule, parts))

    assert answer.status_code != 200 or answer.mimetype != "text/html"
