"""Amina falls ill at four, and at five Bram has the shift and the keys were never in doubt."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.roster.models import STANDING, Duty
from buurthuis.venues.models import Approval
from buurthuis.worker import work
from tests.accounts.mailbox import letters_to
from tests.builders import a_booking, a_person, a_role, a_room, a_venue, friday
from tests.pages.reading import in_english
from tests.roster.key_people import a_key_holder, a_lock, always_can

FOUR, HALF_PAST_FOUR, FIVE = (friday(hour, hour + 1).start for hour in (16, 16.5, 17))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def house(app):
    return a_venue("meevaart", name="De Meevaart", phone="020-555 01 23")


@pytest.fixture
def people(house):
    """Three with a key, one who knows the house but has no key, the coordinator, and Dirk."""
    lock = a_lock(house)
    holders = {name: a_key_holder(house, name, lock=lock) for name in ("Amina", "Bram", "Carla")}
    for person in holders.values():
        always_can(person)
    keyless = a_key_holder(house, "Kees")
    always_can(keyless)
    nadia = a_person("Nadia")
    a_role(nadia, RoleName.COORDINATOR, house)
    return {**holders, "Kees": keyless, "Nadia": nadia, "Dirk": a_person("Dirk")}


def take(browser, at_least=1):
    """Take what stands on the list, with the thumb."""
    page = browser.get("/me/roster").text
    addresses = [each.split('"')[0] for each in page.split('action="')[1:] if "/take" in each]
    assert len(addresses) >= at_least
    for address in addresses:
        assert browser.post(address, data={"part": "holder"}).status_code == 303


def templates(person):
    return [letter.template for letter in letters_to(person.email)]


def letters_left():
    """How many questions the worker has carried away."""
    work()
    asked = db.session.query(OutboxLetter).filter_by(template="cover_asked")
    return asked.filter(OutboxLetter.sent_at.is_not(None)).count()


def holders(house):
    standing = db.session.query(Duty).filter_by(venue_id=house.id).filter(Duty.status.in_(STANDING))
    return {duty.kind: duty.person.name for duty in standing}


def test_amina_falls_ill_at_four_and_at_five_bram_has_the_shift(app, sign_in, house, people):
    # The choir sings tonight; Amina took both shifts on her phone, a while ago.
    a_booking(a_room(house, approval=Approval.ALWAYS), friday(19, 21))
    hers, his = (in_english(sign_in(people[name])) for name in ("Amina", "Bram"))
    take(hers, at_least=2)
    assert holders(house) == {"open": "Amina", "close": "Amina"}
    assert "Open up, De Meevaart" in hers.get("/me/roster").text

    # At four she falls ill: one tap for each, and she need not say why.
    with time_machine.travel(FOUR, tick=False):
        in_english(sign_in(people["Carla"]))
        hers, his = (in_english(sign_in(people[name])) for name in ("Amina", "Bram"))
        for duty in db.session.query(Duty).order_by(Duty.id).all():
            assert "I can not come" in hers.get(f"/me/duties/{duty.id}").text
            assert hers.post(f"/me/duties/{duty.id}/drop").status_code == 303
        assert holders(house) == {}

        # Everybody who has a key hears of it, and nobody else.
        for name, asked in (("Bram", 2), ("Carla", 2), ("Kees", 0), ("Nadia", 0), ("Dirk", 0)):
            assert templates(people[name]).count("cover_asked") == asked, name

    # The letters leave when two minutes have passed in which she could have thought again.
    with time_machine.travel(FOUR + MINUTE, tick=False):
        assert letters_left() == 0
    with time_machine.travel(FOUR + 2 * MINUTE, tick=False):
        links = [urlsplit(letter.facts["link"]).path for letter in letters_to(people["Bram"].email)]
        assert letters_left() == 4

    # Kees has no key: the list shows him nothing, and a link that was passed on does not help.
    with time_machine.travel(HALF_PAST_FOUR, tick=False):
        keyless = in_english(sign_in(people["Kees"]))
        assert "/take" not in keyless.get("/me/roster").text
        answer = keyless.post(links[0] + "/yes", follow_redirects=True)
        assert "You have no key of this house." in answer.text
        dirk = in_english(sign_in(people["Dirk"]))
        assert dirk.get("/me/roster").status_code == 404
        assert dirk.get(links[0]).status_code == 404
        assert dirk.post(links[0] + "/yes").status_code == 404
        assert holders(house) == {}

        # Carla can not either; she says so in one tap, and nobody else sees it.
        hers_too = in_english(sign_in(people["Carla"]))
        for link in links:
            assert hers_too.post(link + "/no").status_code == 303
        desk = in_english(sign_in(people["Nadia"]))
        missing = desk.get("/houses/meevaart/roster/cover").text
        assert "2 people were asked." in missing
        assert "Carla" not in missing

    # Just before five Bram opens his mail, reads it, and says yes twice.
    with time_machine.travel(FIVE - 5 * MINUTE, tick=False):
        his = in_english(sign_in(people["Bram"]))
        assert his.get("/me/roster").text.count("Yes, I do it") == 2
        for link in links:
            assert "Can you?" in his.get(link).text
            assert his.post(link + "/yes").status_code == 303

    # At five he has the shift, Amina can rest, and the coordinator has nothing to do.
    with time_machine.travel(FIVE, tick=False):
        work()
        assert holders(house) == {"open": "Bram", "close": "Bram"}
        assert templates(people["Amina"]) == ["cover_found", "cover_found"]
        assert "cover_unanswered" not in templates(people["Nadia"])
        desk = in_english(sign_in(people["Nadia"]))
        assert "Every shift has somebody" in desk.get("/houses/meevaart/roster/cover").text
        assert "Bram does this shift." in hers_too.get(links[0]).text
        his = in_english(sign_in(people["Bram"]))
        assert his.get("/me/roster").text.count("De Meevaart</a>") == 2

    # Who did what is written down; that Carla could not is not.
    told = [
        entry.verb
        for entry in db.session.query(LogEntry).order_by(LogEntry.id)
        if entry.verb.startswith("duty.")
    ]
    assert told == ["duty.taken"] * 2 + ["duty.dropped"] * 2 + ["duty.taken"] * 2
    assert not db.session.query(LogEntry).filter_by(actor_id=people["Carla"].id).count()
    assert templates(people["Kees"]) == []
