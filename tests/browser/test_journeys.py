"""People reach their goal: without a script, without a mouse, on the smallest phone, in both languages."""

import re

import pytest
from flask_babel import force_locale, gettext
from playwright.sync_api import expect
from sqlalchemy import select

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.states import Status
from tests.browser.conftest import ask
from tests.browser.world import BUSY, LIVELY, next_week

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
MOST_TABS = 80
LANGUAGES = ("nl", "en")


@pytest.fixture(params=LANGUAGES)
def language(request):
    """The language in which somebody walks."""
    return request.param


@pytest.fixture
def say(books, language):
    """A function that says a text of the pages in this language."""

    def said(text):
        with force_locale(language):
            return gettext(text)

    return said


def code_for(address):
    """The code in the letter that waits for somebody."""
    (facts,) = ask(select(OutboxLetter.facts).where(OutboxLetter.recipient == address))
    return facts["code"]


def booking_called(title):
    """Its state, the number of people, and for whom it is."""
    facts = select(Booking.status, Booking.people, Initiative.name)
    return ask(facts.join(Booking.initiative).where(Booking.title == title))


def title_of(page):
    return page.get_by_role("heading", level=1)


def test_somebody_new_asks_for_a_room_on_a_small_phone_without_script(visit, say, language):
    page = visit(language=language, java_script_enabled=False, **PHONE).new_page()
    address, title = f"noor-{language}@people.example", f"Breien voor de straat {language}"

    page.goto("/")
    page.get_by_label(say("Which day?")).select_option(next_week().isoformat())
    page.get_by_role("radio").last.check()
    page.get_by_label(say("How many people come?")).fill("25")
    page.get_by_role("button", name=say("Show rooms")).click()
    page.get_by_role(
        "link", name=re.compile(f"{say('Choose this room')}.*(Grote|Drukke) zaal")
    ).first.click()

    page.get_by_label(say("What are you going to do?")).fill(title)
    page.get_by_role("button", name=say("Go on")).click()

    page.get_by_label(say("Your e-mail address")).fill(address)
    page.get_by_role("button", name=say("Send me a code")).click()
    page.get_by_label(say("The code from the e-mail")).fill(code_for(address))
    page.get_by_role("button", name=say("Sign in")).click()
    page.get_by_label(say("Your name")).fill("Noor")
    page.get_by_role("button", name=say("Sign in")).click()

    expect(title_of(page)).to_have_text(say("Look and send"))
    page.get_by_label(say("For whom do you book?")).fill("De Breiclub")
    page.get_by_role("radio", name=say("A group of residents")).check()
    page.get_by_role("button", name=say("Send my request")).click()

    expect(title_of(page)).to_have_text(say("Your request is sent"))
    assert booking_called(title) == (Status.REQUESTED, 25, "De Breiclub")


def focus(page, name):
    """Press Tab until something with this name has the focus, which one can see."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        reached = page.evaluate("""(name) => {
            const at = document.activeElement;
            const words = at.labels?.[0]?.textContent || at.textContent;
            if (!words.trim().startsWith(name)) return null;
            const ring = getComputedStyle(at.closest(".choice") || at).outlineStyle;
            return ring !== "none" ? "seen" : "not seen";
        }""", name)  # fmt: skip
        if reached:
            assert reached == "seen", f"{name} does not show its focus"
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_somebody_books_with_the_keyboard_alone(visit, say, language):
    page = visit("newcomer", language=language, **PHONE).new_page()
    title = f"Schaken {language}"

    page.goto("/")
    focus(page, say("Which day?"))
    press(page, "ArrowDown", "ArrowDown")
    page.keyboard.press("Tab")
    press(page, "Space")
    focus(page, say("Show rooms"))
    press(page, "Enter")
    page.wait_for_url("**/?*day=*")
    focus(page, say("Choose this room"))
    press(page, "Enter")
    page.wait_for_url("**/book?*")
    focus(page, say("How many people come?"))
    page.keyboard.type("8")
    focus(page, say("What are you going to do?"))
    page.keyboard.type(title)
    press(page, "Enter")
    page.wait_for_url("**/review**")
    if page.get_by_label(say("For whom do you book?")).count():
        focus(page, say("For whom do you book?"))
        page.keyboard.type("Schaakclub")
        focus(page, say("A group of residents"))
        press(page, "Space", "Enter")
    else:
        focus(page, page.locator(".action-bar button").inner_text())
        press(page, "Enter")

    done = (say("Your request is sent"), say("You booked the room"))
    expect(title_of(page)).to_have_text(re.compile("|".join(done)))
    assert booking_called(title)[1] == 8


def test_a_manager_says_yes_with_the_keyboard_alone(visit, books):
    page = visit("manager").new_page()

    page.goto(f"/houses/{LIVELY}/requests")
    focus(page, "Approve: Repair café")
    press(page, "Enter")

    expect(page.get_by_role("status").first).to_be_visible()
    assert booking_called("Repair café")[0] == Status.CONFIRMED


def test_a_manager_answers_three_at_once_with_the_keyboard_alone(visit, books):
    page = visit("manager", **PHONE).new_page()
    three = ("Avond 2", "Avond 4", "Avond 5")

    page.goto(f"/houses/{BUSY}/requests")
    for title in three:
        focus(page, f"Tick: {title}")
        press(page, "Space")
    press(page, "Enter")
    page.wait_for_url("**/review**")
    expect(title_of(page)).to_have_text("Yes to 3 requests")
    focus(page, "Say yes")
    press(page, "Enter")
    page.wait_for_load_state()

    expect(page.get_by_role("status").first).to_be_visible()
    assert {booking_called(title)[0] for title in three} == {Status.CONFIRMED}


def test_a_house_begins_with_the_keyboard_alone_on_a_small_phone_without_script(visit, books):
    page = visit("admin", java_script_enabled=False, **PHONE).new_page()

    page.goto("/houses/new")
    type_in(page, "Name of the house", "Het Nieuwe Huis")
    type_in(page, "Street and number", "Straat 1")
    type_in(page, "Postcode", "1094 XX")
    type_in(page, "Town", "Amsterdam")
    type_in(page, "Telephone number", "020 555 01 99")
    press(page, "Enter")
    page.wait_for_url("**/rooms")
    type_in(page, "Name of the room", "Nieuwe zaal")
    type_in(page, "For how many people?", "40")
    press(page, "Enter")
    page.wait_for_url("**/hours")
    focus(page, "Go on")
    press(page, "Enter")
    page.wait_for_url("**/price")
    type_in(page, "What does a room cost an hour?", "12,50")
    press(page, "Enter")
    page.wait_for_url("**/review")
    focus(page, page.locator(".action-bar .button").first.inner_text())
    press(page, "Enter")

    expect(title_of(page)).to_have_text("Your house is open")


def type_in(page, name, words):
    focus(page, name)
    page.keyboard.type(words)


def test_a_letter_does_something_only_where_it_was_meant(visit, books):
    """Whoever speaks to their computer presses letters unawares; so they count inside the line alone."""
    page = visit("manager").new_page()
    here = "document.activeElement.textContent.trim()"

    page.goto(f"/houses/{BUSY}/requests")
    press(page, "Tab", "j", "j")
    assert page.evaluate(here) == "Go to the page itself"
    links = page.locator("[data-line] h2 a")
    links.first.focus()
    press(page, "j", "j", "k")

    assert page.evaluate(here) == links.nth(1).inner_text()


def test_what_was_typed_is_there_after_the_back_button(visit, books):
    page = visit("newcomer", **PHONE).new_page()

    page.goto("/rooms/grote-zaal/book")
    page.get_by_label("Which day?").select_option(next_week(3).isoformat())
    page.get_by_role("radio", name="18 uur").check()
    page.get_by_label("How many people come?").fill("9")
    page.get_by_label("What are you going to do?").fill("Zingen")
    page.get_by_role("button", name="Go on").click()
    expect(title_of(page)).to_have_text("Look and send")
    page.go_back()

    expect(page.get_by_label("What are you going to do?")).to_have_value("Zingen")
    expect(page.get_by_label("How many people come?")).to_have_value("9")
    expect(page.get_by_label("Which day?")).to_have_value(next_week(3).isoformat())
    expect(page.get_by_role("radio", name="18 uur")).to_be_checked()


def test_nothing_has_to_be_told_twice(visit, books):
    """What one looked for is in the form; what one typed is still there after signing in."""
    page = visit(**PHONE).new_page()
    day = next_week(4).isoformat()

    page.goto(f"/?day={day}&part=18:00-23:00&people=11&purpose=sport")
    page.get_by_role("link", name=re.compile("Choose this room")).first.click()

    expect(page.get_by_label("Which day?")).to_have_value(day)
    expect(page.get_by_label("How many people come?")).to_have_value("11")
    expect(page.get_by_label("What kind of activity is it?")).to_have_value("sport")
    assert page.locator("[name=email][autocomplete=email]").count() == 0
    page.goto("/sign-in")
    expect(page.get_by_label("Your e-mail address")).to_have_attribute("autocomplete", "email")
