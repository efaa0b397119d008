"""One event is an invitation to one person; several, or of a house without an address, are a file."""

from dataclasses import replace

from icalendar import Calendar

from buurthuis.foundation import ical
from buurthuis.foundation.calendar_mail import Along
from tests.foundation.test_ical import EVENT

BRAM, CHANDRA = "bram@people.example", "chandra@people.example"


def read(along: Along, address: str = BRAM) -> Calendar:
    return Calendar.from_ical(ical.as_written(along.to(address) or ""))


def an_along(*events, organiser="huis@buurthuis.example") -> Along:
    return Along(events, "De Meevaart", organiser)


def test_each_gets_an_invitation_with_nobody_else_on_it() -> None:
    along = an_along(EVENT)

    for address in (BRAM, CHANDRA):
        calendar = read(along, address)
        [event] = calendar.events
        assert calendar["METHOD"] == "REQUEST"
        assert event["ATTENDEE"] == f"mailto:{address}"
        assert event["ORGANIZER"] == "mailto:huis@buurthuis.example"
        assert event["ORGANIZER"].params["CN"] == "De Meevaart"


def test_what_does_not_go_through_is_called_off() -> None:
    [event] = read(an_along(replace(EVENT, status="CANCELLED"))).events

    assert read(an_along(replace(EVENT, status="CANCELLED")))["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"]) == (EVENT.uid, EVENT.sequence)


def test_several_are_told_of_without_naming_who_gets_them() -> None:
    calendar = read(an_along(EVENT, replace(EVENT, uid="8", status="CANCELLED")))

    assert calendar["METHOD"] == "PUBLISH"
    assert [event["STATUS"] for event in calendar.events] == ["CONFIRMED", "CANCELLED"]
    assert all("ATTENDEE" not in event for event in calendar.events)
    assert all("ORGANIZER" in event for event in calendar.events)


def test_a_house_without_an_address_can_only_tell() -> None:
    calendar = read(an_along(EVENT, organiser=""))

    assert calendar["METHOD"] == "PUBLISH"
    assert not {"ORGANIZER", "ATTENDEE"} & set(calendar.events[0])


def test_nothing_to_tell_is_no_file() -> None:
    assert an_along().to(BRAM) is None
