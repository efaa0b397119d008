"""Every page can be read by everybody: in every light, at every size, with every hand."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import render_template

from tests.browser.pages import EVERY_PAGE, STATES, address

pytestmark = pytest.mark.browser

EYES = Path(__file__).with_name("eyes.js").read_text("utf-8")
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {
    "runOnly": STANDARD,
    "rules": {"label-content-name-mismatch": {"enabled": True}},
    "resultTypes": ["violations"],
}
REFRESHES = {"pages.door"}
"""A sign beside a door tells what happens now; the page of the room tells the same and stands still."""
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
STRONG_COLOURS = {"runOnly": ["color-contrast-enhanced"], "resultTypes": ["violations"]}
ANSWERS_THAT_ARE_PAGES = re.compile(r"the server responded with a status of (4\d\d|5\d\d)")
WIDTHS = (320, 360, 768, 1280)
ENLARGED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
MOST_TABS = 25
ROOMY = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"""


@pytest.fixture(scope="module")
def window(visit):
    """A function that gives the one page somebody has open; each has a window, as at home."""
    opened = {}

    def of(name):
        if name not in opened:
            context = visit(name, language="nl", viewport=LAPTOP, reduced_motion="reduce")
            context.add_init_script(EYES)
            opened[name] = context.new_page()
            opened[name].complaints = []
            opened[name].on("console", lambda said: opened[name].complaints.append(said.text))
            opened[name].on("pageerror", lambda said: opened[name].complaints.append(str(said)))
        return opened[name]

    return of


@pytest.fixture(scope="module")
def looks():
    """How words looked on the pages before, in each light."""
    return defaultdict(set)


@pytest.fixture(scope="module", params=EVERY_PAGE)
def page(request, window, houses, world):
    """One page as somebody sees it, with what the browser complained of as `page.complaints`."""
    look = EVERY_PAGE[request.param]
    opened = window(look.who)
    opened.complaints.clear()
    opened.looked, opened.is_state = look, request.param in STATES
    opened.set_viewport_size(LAPTOP)
    if look.drawn:
        _draw(opened, houses, look.drawn)
    opened.goto(_address(look, houses, world.parts))
    for name, words in look.typed.items():
        _fill_in(opened.locator(f"[name={name}]").first, words.format(**world.parts))
    for step in look.steps:
        opened.locator(step).first.click()
        opened.wait_for_load_state()
    opened.evaluate(AXE_SCRIPT)
    yield opened
    opened.unroute_all()
    opened.emulate_media(color_scheme="light", contrast="no-preference", forced_colors="none")


def _address(look, houses, parts):
    if look.endpoint:
        rules = houses.url_map.iter_rules(look.endpoint)
        return address(next(each.rule for each in rules if "GET" in each.methods), parts)
    return look.path.format(**parts) or "/drawn"


def _draw(opened, houses, template):
    """Serve a page that no address shows on demand."""
    with houses.test_request_context("/", headers={"Accept-Language": "nl"}):
        body = render_template(template)
    opened.route("**/drawn", lambda route: route.fulfill(body=body, content_type="text/html"))


def _fill_in(field, words):
    tag = field.evaluate("field => field.tagName")
    field.select_option(words) if tag == "SELECT" else field.fill(words)


def faults(page, options, ask="options => axe.run(document, options)"):
    """What axe has to say of a page, one line for each place."""
    found = page.evaluate(ask, options)
    return [
        f"{each['id']}: {node['target'][0]} {node['html'][:120]} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def unreadable(page, options, known):
    """What axe has to say of words that look as none did before; of the same look it says the same."""
    new = seen(page, "newLooks", *known)
    known.update(new)
    within = "options => axe.run({ include: eyes.unlike }, options)"
    return faults(page, options, within) if new else []


def seen(page, what, *more):
    """What the eyes in eyes.js see."""
    return page.evaluate(f"more => eyes.{what}(...more)", list(more))


def options_for(endpoint):
    """What axe looks for: everything, save that a page for a wall may draw itself anew."""
    spared = {"meta-refresh": {"enabled": False}} if endpoint in REFRESHES else {}
    return {**EVERYTHING, "rules": EVERYTHING["rules"] | spared}


def test_axe_finds_nothing(page):
    page.set_viewport_size(LAPTOP)
    assert faults(page, options_for(page.looked.endpoint)) == []


def test_it_can_be_read_in_the_dark(page, looks):
    page.emulate_media(color_scheme="dark")
    assert unreadable(page, COLOURS, looks["dark"]) == []


def test_more_contrast_is_more(page, looks):
    """In the light for a page, in the dark for its other states; `tests/look` measures every pair."""
    scheme = "dark" if page.is_state else "light"
    page.emulate_media(color_scheme=scheme, contrast="more")
    assert unreadable(page, STRONG_COLOURS, looks[f"{scheme}, more contrast"]) == []
    page.emulate_media(color_scheme="light", contrast="no-preference")


def test_nothing_is_lost_in_colours_of_ones_own(page):
    page.emulate_media(forced_colors="active")
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        assert seen(page, "ownColours") == []
    page.emulate_media(forced_colors="none")


def test_nothing_moves_for_whoever_asked_so(page):
    assert seen(page, "motion") == []


def test_what_is_called_the_same_does_the_same(page):
    assert seen(page, "twins") == []


def test_nothing_must_be_dragged(page):
    assert seen(page, "drags") == []


def test_it_never_scrolls_sideways(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert seen(page, "sideways") == []


def test_what_one_presses_is_large_enough_for_a_thumb(page):
    page.set_viewport_size(PHONE)
    assert seen(page, "small", 44) == []


def test_roomy_letters_cut_nothing_off(page):
    page.set_viewport_size(PHONE)
    page.evaluate("words => { const roomy = new CSSStyleSheet(); roomy.replaceSync(words);"
                  "document.adoptedStyleSheets = [roomy]; }", ROOMY)  # fmt: skip
    assert seen(page, "cutOff") == []
    assert seen(page, "sideways") == []
    page.evaluate("document.adoptedStyleSheets = []")


def test_four_times_as_large_it_still_works(page):
    page.set_viewport_size(ENLARGED)
    page.keyboard.press("Tab")
    assert seen(page, "sideways") == []
    assert seen(page, "focus") == []
    assert seen(page, "typing") == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_focus_is_seen_and_goes_as_one_reads(page, size):
    page.set_viewport_size(size)
    for _ in range(min(seen(page, "begin"), MOST_TABS)):
        page.keyboard.press("Tab")
    assert seen(page, "order") == []
    assert seen(page, "focus") == []


def test_the_browser_has_nothing_to_complain_of(page):
    assert [each for each in page.complaints if not ANSWERS_THAT_ARE_PAGES.search(each)] == []


def test_there_is_always_somebody_to_ask(page):
    is_called = page.locator("footer").locator("a[href^='tel:'], a[href='/venues']").count() == 1
    assert is_called or "020-555 0100" in page.locator("main").inner_text()
