"""The pages as everybody sees them: one language, short sentences, plain words, and a cure for each mistake."""

import re
from statistics import mean

import pytest

from tests.browser.pages import ENDPOINTS, LOOKING, STATES, address
from tests.browser.world import EMPTY, LONG_NAME, LONG_TITLE, SOUP_TEXT, furnish
from tests.builders import a_session
from tests.language.catalogue import sentences, words
from tests.language.reader import forms_of, leaks, mistakes_of, paragraphs_of
from tests.language.test_plain_words import HARD_DUTCH, HARD_ENGLISH, MEAN_WORDS, MOST_WORDS
from tests.language.test_refusals import names_a_cure
from tests.test_rights import DOORS, IN

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

HARD = {"nl": HARD_DUTCH, "en": HARD_ENGLISH}


@pytest.fixture
def world(app):
    """The houses that are also visited with a browser."""
    return furnish()


@pytest.fixture(params=HARD)
def language(request):
    """The language in which the pages are read."""
    return request.param


def everybody(app, world, language):
    """A browser for each of us, by the part they play."""
    for name, who in LOOKING.items():
        browser = app.test_client()
        if who:
            a_session(world.person(who), browser)
        browser.set_cookie("language", language)
        yield name, browser


def readers_of(endpoint):
    """Those of us who may come in, and read something of their own."""
    comes_in = [name for name in LOOKING if DOORS[f"GET {endpoint}"][name] == IN]
    if "visitor" in comes_in:
        return {"visitor", "manager"}
    return set(comes_in) - {"admin"} or {"admin"}


def addresses(app, world, name):
    """Every address at which somebody finds a page."""
    for endpoint in ENDPOINTS:
        if name in readers_of(endpoint):
            rules = app.url_map.iter_rules(endpoint)
            rule = next(each.rule for each in rules if "GET" in each.methods)
            for parts in (world.parts, world.parts | {"slug": EMPTY}):
                yield address(rule, parts)
    for state in STATES.values():
        if state.path and state.who == LOOKING[name] and not state.steps:
            yield state.path.format(**world.parts)


def pages(app, world, language):
    """Every page as everybody sees it, each address once a person."""
    for name, browser in everybody(app, world, language):
        for path in dict.fromkeys(addresses(app, world, name)):
            answer = browser.get(path)
            assert answer.status_code < 500, f"{name}: {path}"
            if answer.mimetype == "text/html" and not 300 <= answer.status_code < 400:
                yield f"{name}: {path}", answer.text


def without_our_names(text):
    """Long names are here to try the page, and neighbours write as they speak: not its words."""
    for name in (LONG_TITLE, LONG_NAME, SOUP_TEXT):
        text = text.replace(name, "iets")
    return text


def is_list(text):
    """Names one after the other: nobody reads them as a sentence."""
    return 2 * text.count(",") > len(words(text))


def test_every_page_is_one_language_in_short_and_plain_sentences(app, world, language):
    foreign, long, hard, lengths = {}, set(), set(), []
    for where, page in pages(app, world, language):
        for text in leaks(without_our_names(page), language=language):
            foreign.setdefault(text, where)
        for paragraph in map(without_our_names, paragraphs_of(page)):
            cut = sentences(paragraph)
            lengths += [len(words(each)) for each in cut if each[-1] in ".!?:…"]
            long |= {each for each in cut if len(words(each)) > MOST_WORDS and not is_list(each)}
            hard |= {paragraph} if HARD[language].search(paragraph) else set()

    assert {"foreign": foreign, "long": long, "hard": hard} == {
        "foreign": {},
        "long": set(),
        "hard": set(),
    }
    assert len(lengths) > 100
    assert mean(lengths) <= MEAN_WORDS


NONSENSE = {"nothing": "", "nonsense": "?" * 300}


@pytest.mark.parametrize("typed", NONSENSE.values(), ids=NONSENSE)
def test_every_form_that_is_sent_with_mistakes_names_a_cure(app, world, language, typed):
    told, sent = {}, set()
    for name, browser in everybody(app, world, language):
        for path in dict.fromkeys(addresses(app, world, name)):
            answer = browser.get(path)
            for form in forms_of(answer.text if answer.mimetype == "text/html" else ""):
                alike = (re.sub(r"\d+", "#", form.action or path), *form.typed)
                if alike in sent:
                    continue
                sent.add(alike)
                facts = dict.fromkeys(form.typed, typed) | form.hidden
                wrong = browser.post(form.action or path, data=facts)
                assert wrong.status_code < 500, form
                told |= dict.fromkeys(mistakes_of(wrong.text), (form.action, *form.typed))

    assert len(told) > 10
    assert {text: form for text, form in told.items() if not names_a_cure(text)} == {}
