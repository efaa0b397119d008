"""Which letter goes to whom when work changes hands, somebody leaves, or an address changes."""

from collections.abc import Iterable

from buurthuis.accounts.models import AddressChange, Initiative, Person, Role
from buurthuis.accounts.role_words import role_in
from buurthuis.foundation import links, outbox
from buurthuis.rules.calendar import rfc3339
from buurthuis.venues.models import Venue

FAREWELL = "farewell"


def house_handed_over(venue: Venue, roles: Iterable[Role], *, to: Person, by: Person) -> None:
    """Both hear which roles went from whom to whom."""
    names = [role.name for role in roles]
    for person in (by, to):
        words = ", ".join(role_in(person.language, name) for name in names)
        link = links.absolute("desk.overview", slug=venue.slug)
        _handed_over(person, to=to, by=by, place=venue.name, roles=words, link=link)


def group_handed_over(initiative: Initiative, *, to: Person, by: Person) -> None:
    """Both hear who answers for the bookings of the group from now on."""
    for person in (by, to):
        link = links.absolute("pages.me")
        _handed_over(person, to=to, by=by, place=initiative.name, roles="", link=link)


def _handed_over(
    person: Person, *, to: Person, by: Person, place: str, roles: str, link: str
) -> None:
    if person.email:
        facts = {
            "person_name": person.name,
            "by_name": by.name,
            "to_name": to.name,
            "is_taker": person.id == to.id,
            "place": place,
            "roles": roles,
            "link": link,
        }
        outbox.post("handed_over", person.email, person.language, facts)


def joined(initiative: Initiative, person: Person, venue: Venue, told: Iterable[Person]) -> None:
    """Whoever speaks for a group hears that a house put somebody beside them."""
    for speaker in told:
        if speaker.email and speaker.left_at is None and speaker.id != person.id:
            facts = {
                "person_name": speaker.name,
                "joined_name": person.name,
                "group": initiative.name,
                "venue_name": venue.name,
                "venue_phone": venue.phone,
                "venue_email": venue.email,
                "link": links.absolute("accounts.initiative", initiative_id=initiative.id),
            }
            outbox.post("group_joined", speaker.email, speaker.language, facts)


def farewell(person: Person) -> None:
    """The last letter: what is gone, and what stays."""
    if person.email:
        facts = {"person_name": person.name, "link": links.absolute("pages.find")}
        outbox.post(FAREWELL, person.email, person.language, facts)


def address_asked(change: AddressChange, seconds: Iterable[Person]) -> None:
    """The old address hears of it, and whoever may say yes reads why."""
    person = change.person
    if person.email:
        facts = _of_change(change, person.name)
        outbox.post("address_asked", person.email, person.language, facts)
    for manager in seconds:
        if manager.email:
            link = links.absolute("desk.lost_address", slug=change.venue.slug)
            facts = _of_change(change, manager.name) | {
                "about_name": person.name,
                "by_name": change.asked_by.name,
                "reason": change.reason,
                "link": link,
            }
            outbox.post("address_waits", manager.email, manager.language, facts)


def address_changed(change: AddressChange, *, old_email: str | None) -> None:
    """The new address hears that it works, the old one that it does no longer."""
    person = change.person
    for email, is_old in ((change.new_email, False), (old_email, True)):
        if email:
            facts = _of_change(change, person.name) | {
                "is_old": is_old,
                "link": links.absolute("accounts.sign_in"),
            }
            outbox.post("address_changed", email, person.language, facts)


def _of_change(change: AddressChange, name: str) -> dict[str, str]:
    venue = change.venue
    return {
        "person_name": name,
        "venue_name": venue.name,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
        "expires_iso": rfc3339(change.expires_at),
    }
