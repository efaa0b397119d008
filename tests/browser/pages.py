"""Every page there is, who looks at it, and the states in which a page is drawn otherwise."""

import re
from dataclasses import dataclass, field

from tests.browser.world import BUSY
from tests.test_rights import DOORS, IN

NO_PAGES = {
    "activities.calendar": "a calendar",
    "activities.seat_calendar": "a calendar",
    "asset": "a style sheet or a script",
    "beginning.begin": "only the first person of an empty installation sees it",
    "bookings.offer": "leads to the booking where nothing is offered; a state below shows it",
    "bookings.wait": "without a time it leads to the form; a state below shows it",
    "bookings.review": "without something typed it leads back to the form; a state below shows it",
    "bookings.slip_booking": "without a paper it leads to the page that asks; a state below shows it",
    "bookings.slip_cancel": "without a paper it leads to the page that asks; a state below shows it",
    "board.annual_file": "a file",
    "board.export": "a file",
    "desk.discounts_file": "a file",
    "value.dictionary_csv": "a file",
    "value.dictionary_json": "a file",
    "feeds.agenda": "a calendar",
    "feeds.event": "a calendar",
    "feeds.private": "a calendar",
    "feeds.robots": "a word for a machine",
    "feeds.room": "a calendar",
    "feeds.series": "a calendar",
    "feeds.shift": "a calendar",
    "feeds.venue": "a calendar",
    "handover.my_data_file": "a file",
    "house.toml": "a file",
    "money.books_file": "a file",
    "roster.learner_certificate": "a file, or leads back where nothing was signed",
    "roster.my_certificate": "a file, or leads back where nothing was signed",
    "pages.all_discounts_file": "a file",
    "payments.invoice_file": "a file",
    "payments.invoice_paper": "a file",
    "payments.value_of_booking": "a file",
    "payments.value_of_series": "a file",
    "payments.value_of_year": "a file",
    "pages.given_file": "a file",
    "pages.photo": "a photo",
    "pages.healthz": "a word for a machine",
    "pages.language": "leads back to the page one was on",
    "pages.readyz": "a word for a machine",
    "pages.this_week": "leads to the week of today",
    "year.now": "leads to the year of today",
}
"""What one can GET and yet is no page; `api.` is none either."""

LOOKING = {
    "visitor": "",
    "booker": "booker",
    "manager": "manager",
    "key-holder": "key-holder",
    "board": "board",
    "admin": "admin",
}
"""Who looks, as the table of rights names them, and what our world calls them."""


@dataclass(frozen=True)
class Looked:
    """A page as somebody sees it: an endpoint, or an address of its own."""

    who: str = ""
    endpoint: str = ""
    path: str = ""
    steps: tuple[str, ...] = ()
    """What is pressed before one looks: the selectors, one after another."""
    typed: dict[str, str] = field(default_factory=dict)
    """What is typed first, by the name of the field."""
    drawn: str = ""
    """A template that is drawn as it is: a page that no address shows on demand."""


def is_page(door: str) -> bool:
    """Whether a door of the table of rights leads to a page."""
    method, endpoint = door.split()
    return method == "GET" and endpoint not in NO_PAGES and not endpoint.startswith("api.")


def first_at(door: str) -> str:
    """Of those who may come in, the one who has the least to do with it."""
    return next(name for name in LOOKING if DOORS[door][name] == IN)


ENDPOINTS = [door.split()[1] for door in DOORS if is_page(door)]
PAGES = {each: Looked(who=LOOKING[first_at(f"GET {each}")], endpoint=each) for each in ENDPOINTS}

WISH = {"day": "{day}", "people": "12", "title": "Breien"}
STATES = {
    "find wrong": Looked(path="/?day={day}&people=many&from=20:00&to=19:00"),
    "find free": Looked(path="/?day={day}&part=18:00-22:00&people=10"),
    "find nothing": Looked(path="/?day={day}&part=18:00-22:00&people=900"),
    "week of Bram": Looked("booker", endpoint="pages.week"),
    "form wrong": Looked(path="/rooms/{room}/book", steps=(".action-bar .button",)),
    "review": Looked(
        "booker",
        path="/rooms/{room}/book",
        typed=WISH,
        steps=("label:has(input[name=part]) >> nth=2", ".action-bar .button"),
    ),
    "sign in to send": Looked(
        path="/rooms/{room}/book",
        typed=WISH,
        steps=("label:has(input[name=part]) >> nth=2", ".action-bar .button", ".sheet"),
    ),
    "sign in wrong": Looked(path="/sign-in", typed={"email": "nobody"}, steps=("main .button",)),
    "name wrong": Looked("booker", path="/me/profile", typed={"name": ""}, steps=("main .button",)),
    "group wrong": Looked("booker", path="/me/initiatives/new", steps=("main .button",)),
    "wait": Looked("booker", path="/rooms/grote-zaal/wait?{taken}"),
    "wait wrong": Looked(
        "booker", path="/rooms/grote-zaal/wait?{taken}", steps=(".action-bar .button",)
    ),
    "offer": Looked("booker", path="/me/bookings/{offer_id}/offer"),
    "sent": Looked("booker", path="/me/bookings/{booking_id}?sent=yes"),
    "paper wrong": Looked(path="/slip", steps=(".action-bar .button",)),
    "paper open": Looked(
        path="/slip?r={reference}", typed={"pin": "{pin}"}, steps=(".action-bar .button",)
    ),
    "paper cancel": Looked(
        path="/slip?r={reference}",
        typed={"pin": "{pin}"},
        steps=(".action-bar .button", ".sheet .button >> nth=-1"),
    ),
    "phone free": Looked(
        "manager",
        path="/houses/{slug}/phone",
        typed={**WISH, "name": "Truus"},
        steps=("label:has(input[name=part]) >> nth=2", ".action-bar .button"),
    ),
    "phone read out": Looked(
        "manager",
        path="/houses/{slug}/phone",
        typed={**WISH, "name": "Truus"},
        steps=(
            "label:has(input[name=part]) >> nth=2",
            ".action-bar .button",
            "button[name=pick] >> nth=0",
        ),
    ),
    "phone wrong": Looked("manager", path="/houses/{slug}/phone", steps=(".action-bar .button",)),
    "change asked": Looked("booker", path="/me/bookings/{certain_id}"),
    "change looked at": Looked(
        "booker",
        path="/me/bookings/{certain_id}/change",
        typed={"people": "11"},
        steps=(".action-bar .button",),
    ),
    "change wrong": Looked(
        "booker",
        path="/me/bookings/{certain_id}/change",
        typed={"people": "900"},
        steps=(".action-bar .button",),
    ),
    "closing over": Looked(
        "manager",
        path="/houses/{slug}/house/closures/new?now=yes",
        typed={"from_day": "{day}", "to_day": "{day}", "from_clock": "08:00", "reason": "Lekkage"},
        steps=("label:has(input[value=house])", ".action-bar .button"),
    ),
    "link gone": Looked(path="/sign-in/link/worn-out"),
    "refusal open": Looked(
        "manager", path="/houses/{slug}/requests", steps=(".fold summary >> nth=0",)
    ),
    "refusal wrong": Looked(
        "manager",
        path="/houses/{slug}/bookings/{booking_id}",
        steps=(".fold summary >> nth=0", ".answers__sent .button--danger"),
    ),
    "standing asked": Looked(
        "booker",
        path="/me/initiatives/{initiative_id}/standing/ask?house={slug}&social_aim=yes&open_to_all=yes"
        "&no_profit=no&from_neighbourhood=yes&no_paid_worker=yes",
    ),
    "standing wrong": Looked(
        "booker", path="/me/initiatives/{initiative_id}/standing/ask?no_profit=perhaps"
    ),
    "no group": Looked("manager", path="/houses/{slug}/recognitions?name=niemand"),
    "forty requests": Looked("manager", path=f"/houses/{BUSY}/requests"),
    **{
        f"first evening, {step}": Looked("admin", path=f"/houses/new/{step}")
        for step in ("rooms", "hours", "price")
    },
    "first evening wrong": Looked("admin", path="/houses/new/house", steps=(".button >> nth=-1",)),
    "shift goes on": Looked("key-holder", path="/me/tonight/{now_id}"),
    "incident wrong": Looked(
        "key-holder", path="/me/tonight/{now_id}/incident", steps=(".action-bar .button",)
    ),
    "year of who reads": Looked("manager", endpoint="year.house"),
    "year wrong": Looked(
        "board", "year.house", typed={"housing_costs": "veel"}, steps=("#money .button",)
    ),
    "year, who wrote": Looked("board", "year.house", steps=(".fold summary >> nth=-1",)),
    "story wrong": Looked("manager", "year.new_story", steps=(".action-bar .button",)),
    "outcome wrong": Looked(
        "board", "year.outcomes", steps=(".fold summary >> nth=-1", "main .form .button >> nth=-1")
    ),
    "themes to tap": Looked(
        "booker", path="/me/bookings/{past_id}", steps=("#theme summary >> nth=0",)
    ),
    "work wrong": Looked("key-holder", path="/me/work", steps=(".action-bar .button",)),
    "work for others": Looked(
        "manager",
        path="/houses/{slug}/work",
        steps=(".fold summary >> nth=0", ".fold .button--main"),
    ),
    "nowhere": Looked(path="/nowhere"),
    "not yours": Looked("key-holder", path="/houses/{slug}/requests"),
    **{f"drawn {code}": Looked(drawn=f"errors/{code}.html") for code in (409, 429, 500, 503)},
}
EVERY_PAGE = PAGES | STATES


def address(rule: str, parts: dict[str, str]) -> str:
    """The address of a route, filled in; a part that nobody named yet is asked for."""
    named = dict(parts)
    if rule.startswith("/rooms/"):
        named["slug"] = parts["room"]
    for part in re.findall(r"<(?:[^<>]*:)?(\w+)>", rule):
        assert part in named, f"say in tests/browser/world.py what <{part}> of {rule} stands for"
        rule = re.sub(rf"<(?:[^<>]*:)?{part}>", named[part], rule)
    return rule
