"""The eyes that look at every page see what is wrong, and are content with what is right."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

EYES = Path(__file__).with_name("eyes.js").read_text("utf-8")
GOOD = """<body style="margin: 0; background: white; color: black">
  <p><a href="#a" style="display: inline-block; padding: 12px">Somewhere</a></p>
  <label for="name">Name</label><input id="name" style="height: 44px">
  <button class="button" style="height: 48px; border: 1px solid">Send</button></body>"""
WRONG = {
    "motion": '<p style="transition: color 1s">Slow</p>',
    "sideways": '<p style="width: 900px">Wide</p>',
    "cutOff": '<p style="overflow: hidden; height: 8px">Half of it</p>',
    "focus": '<a href="#a" style="outline: none">Unseen</a>',
    "typing": '<input style="height: 40px"><p style="position: fixed; inset: 0; background: red">Over</p>',
    "small": '<button class="button" style="height: 20px">Small</button>',
    "twins": '<main><a href="/a">Change</a> <a href="/b">Change</a></main>',
    "drags": '<p draggable="true">Drag me</p>',
    "ownColours": '<button class="button" style="border: 0">No edge</button>',
}
FAINT = '<p style="color: #aaa">Faint</p>'
LOST = '<input type="radio" checked style="appearance: none; border: 0; width: 20px; height: 20px">'


@pytest.fixture(scope="module")
def page(browser):
    """An empty page on a phone."""
    opened = browser.new_page(viewport={"width": 360, "height": 740})
    yield opened
    opened.close()


def seen(page, html, what):
    page.set_content(html)
    page.evaluate(EYES)
    page.keyboard.press("Tab")
    return page.evaluate(f"eyes.{what}(44)")


@pytest.mark.parametrize("what", WRONG)
def test_what_is_right_is_left_alone(page, what):
    assert seen(page, GOOD, what) == []


@pytest.mark.parametrize(("what", "html"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_is_seen(page, what, html):
    assert len(seen(page, html, what)) >= 1


@pytest.mark.parametrize("html", [FAINT, LOST], ids=["faint", "lost"])
def test_what_own_colours_would_hide_is_seen(page, html):
    assert len(seen(page, html, "ownColours")) >= 1


def test_a_jump_against_the_way_one_reads_is_seen(page):
    page.set_content(
        '<div style="display: flex; flex-direction: column-reverse">'
        '<a href="#a">Below</a><a href="#b">Above</a></div>'
    )
    page.evaluate(EYES)
    page.evaluate("eyes.begin()")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("eyes.order()") == ['a "Above" comes after a "Below"']


def test_words_that_look_otherwise_are_new_and_the_same_are_not(page):
    page.set_content(f"{GOOD}<div style='background: #222'><p id='white'>On black</p></div>")
    page.evaluate(EYES)
    known = page.evaluate("eyes.newLooks()")
    again = page.evaluate("known => eyes.newLooks(...known)", known)
    page.evaluate("document.querySelector('#white').style.color = '#ccc'")
    after = page.evaluate("known => [eyes.newLooks(...known).length, eyes.unlike[0].id]", known)

    assert len(known) > 2
    assert again == []
    assert after == [1, "white"]
