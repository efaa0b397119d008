"""Which letter goes to whom about signing in, invitations and roles that end."""

from collections.abc import Iterable

from buurthuis.accounts.codes import shown
from buurthuis.accounts.models import Invitation, Person, Role
from buurthuis.accounts.role_words import duties_in, role_in
from buurthuis.foundation import links, outbox
from buurthuis.rules.calendar import moment, rfc3339
from buurthuis.venues.models import Venue

NOON = 12 * 60


def sign_in(email: str, language: str, *, code: str, token: str, minutes: int) -> None:
    """The letter with the code and the link."""
    facts = {"code": shown(code), "link": link(token), "minutes": minutes}
    outbox.post("sign_in", email, language, facts)


def link(token: str) -> str:
    """The full address of the page where a link signs somebody in."""
    return links.absolute("accounts.sign_in_link", token=token)


def invitation(invitation: Invitation, by: Person, *, code: str, language: str) -> None:
    """The letter that asks for a yes; its code stands nowhere else."""
    if invitation.email is None:
        return
    role, group = invitation.role, invitation.initiative
    facts = {
        "person_name": invitation.name,
        "by_name": by.name,
        "role": role_in(language, role) if role else "",
        "duties": duties_in(language, role) if role else "",
        "place": _place(invitation),
        "group": group.name if group else "",
        "until_iso": rfc3339(moment(invitation.until_on, NOON)) if invitation.until_on else "",
        "expires_iso": rfc3339(invitation.expires_at),
        "link": links.absolute("accounts.invitation", code=code),
    }
    outbox.post("invitation", invitation.email, language, facts)


def role_ends(role: Role, venue: Venue | None, managers: Iterable[Person]) -> None:
    """The person hears that their role ends, and the managers of the house hear it too."""
    if role.until_on is None:
        return
    desk = links.absolute("desk.people", slug=venue.slug) if venue else links.absolute("pages.me")
    told = {each.id: each for each in (role.person, *managers)}
    for person in told.values():
        if person.email and person.left_at is None:
            facts = {
                "person_name": person.name,
                "holder_name": role.person.name,
                "is_own": person.id == role.person_id,
                "role": role_in(person.language, role.name),
                "place": venue.name if venue else "",
                "until_iso": rfc3339(moment(role.until_on, NOON)),
                "link": desk,
            }
            outbox.post("role_ends", person.email, person.language, facts)


def _place(invitation: Invitation) -> str:
    return invitation.venue.name if invitation.venue else ""
