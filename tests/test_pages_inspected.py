"""The inspection of pages finds what it should find, and is made of every page a test opens."""

import pytest

from tests.inspection import mistakes_in

GOOD = """<!doctype html>
<html lang="nl"><head><title>Zoek een zaal – buurthuis</title></head>
<body><main id="main"><h1>Zoek een zaal</h1><h2>Wanneer</h2>{}</main></body></html>"""


def test_a_good_page_passes():
    body = """
      <form method="post"><input type="hidden" name="csrf_token" value="x">
        <label for="day">Dag</label><input id="day" name="day" aria-describedby="hint">
        <p id="hint">Kies een dag</p>
        <label>Avond <input type="radio" name="part" value="evening"></label>
        <button>Zoek <svg aria-hidden="true"><path d="M0 0"/></svg></button></form>
      <a href="#main">Naar boven</a> <a href="/x"><svg role="img" aria-label="Terug"></svg></a>
      <table><caption>Zalen</caption><tr><th scope="row">Zaal</th></tr></table>"""

    assert mistakes_in(GOOD.format(body)) == []


@pytest.mark.parametrize(
    ("body", "mistake"),
    [
        ("<h1>Nog een</h1>", "there is not exactly one <h1>"),
        ("<h4>Diep</h4>", "skips a level"),
        ("<h2> </h2>", "is empty"),
        ('<p id="a"></p><p id="a"></p>', "is used 2 times"),
        ('<p aria-describedby="gone"></p>', "which is not there"),
        ('<a href="#gone">Daar</a>', "which is not there"),
        ('<label for="gone">Dag</label>', "which is not there"),
        ('<input name="day">', "has no label"),
        ('<label for="day"></label><input id="day">', "has no label"),
        ("<select></select>", "has no label"),
        ("<fieldset></fieldset>", "has no legend"),
        ('<img src="/x.png">', "has no alternative"),
        ("<svg></svg>", "neither named nor hidden"),
        ('<form method="post"><button>Ja</button></form>', "0 CSRF tokens"),
        (
            '<form><input type="hidden" name="csrf_token" value="x"><button>Ja</button></form>',
            "shows a CSRF token",
        ),
        ("<form></form>", "has no button"),
        ('<p style="color: red"></p>', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ("<script>1</script>", "inline script"),
        ('<p onclick="x()"></p>', "inline onclick"),
        ('<a href="javascript:x()">Klik</a>', "leads to a script"),
        ('<a href="/x"></a>', "has no words"),
        ('<button><svg aria-hidden="true"></svg></button>', "has no words"),
        ("<a>Nergens</a>", "leads nowhere"),
        ('<a href="/x">Een <a href="/y">twee</a></a>', "lies in"),
        ("<table><tr><th>Zaal</th></tr></table>", "has no caption"),
        ("<table><caption>Zalen</caption></table>", "has no heads"),
        ("<li>Los</li>", "outside a list"),
        ("<p><b>Open</p>", "closes nothing"),
        ("<div>", "closes nothing"),
        ('<p class="a" class="b"></p>', "class twice"),
    ],
)
def test_a_mistake_is_found(body, mistake):
    assert any(mistake in found for found in mistakes_in(GOOD.format(body)))


@pytest.mark.parametrize(
    ("right", "wrong", "mistake"),
    [
        ("<!doctype html>\n", "", "no <!doctype html>"),
        (' lang="nl"', "", "does not say its language"),
        ("<title>Zoek een zaal", "<title>", "<title> with words"),
        ("main", "div", "one <main>"),
    ],
)
def test_a_page_without_bones_is_found(right, wrong, mistake):
    broken = GOOD.format("").replace(right, wrong)

    assert any(mistake in found for found in mistakes_in(broken))


def test_every_page_a_test_opens_is_inspected(client, monkeypatch):
    opened = []
    monkeypatch.setattr("tests.inspection.mistakes_in", lambda text: opened.append(text) or [])

    client.get("/no-such-page")

    assert len(opened) == 1


def test_a_page_with_a_mistake_fails_the_test_that_opens_it(client, monkeypatch):
    monkeypatch.setattr("tests.inspection.mistakes_in", lambda text: ["there is no <h1>"])

    with pytest.raises(AssertionError, match=r"/no-such-page \(404\) is not right"):
        client.get("/no-such-page")
