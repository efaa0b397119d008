"""The wall sheet prints on one page, also with twelve rooms, long names and long titles."""

import re

import pytest

from buurthuis.venues.models import Approval
from tests.browser.world import LONG_NAME, LONG_TITLE
from tests.builders import a_closure, a_confirmed_booking, a_room, a_venue, friday

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]

PAGES_OF_PDF = rb"/Type\s*/Page\b(?!s)"
SHEET = "/venues/druk/week/2026-W11/sheet"


@pytest.fixture
def printed(app, client, browser):
    """A function that prints the sheet, and counts its pages."""

    def pages() -> int:
        page = client.get(SHEET).text
        link = re.search(r'<link rel="stylesheet" href="([^"]+)">', page)
        style = client.get(link[1]).text
        paper = browser.new_page()
        paper.set_content(page.replace(link[0], f"<style>{style}</style>"))
        pdf = paper.pdf(prefer_css_page_size=True)
        paper.close()
        return len(re.findall(PAGES_OF_PDF, pdf))

    return pages


@pytest.mark.parametrize("rooms", [0, 1, 12])
def test_a_week_prints_on_one_sheet(printed, rooms):
    house = a_venue(
        "druk", name="Vereniging van bewoners rond het Kraaiennestplein en de Balistraat"
    )
    for number in range(rooms):
        room = a_room(house, name=f"{LONG_NAME[:57]} {number}", approval=Approval.ALWAYS)
        for hour in (9, 14, 19):
            is_public = (number + hour) % 2 == 0
            a_confirmed_booking(
                room, friday(hour, hour + 2), title=LONG_TITLE[:120], is_public=is_public
            )
    a_closure(house, friday(8, 9, weeks=0), reason="Schoonmaak van het hele huis")

    assert printed() == 1
