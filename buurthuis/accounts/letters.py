"""Which letter goes to whom about signing in."""

from buurthuis.accounts.codes import shown
from buurthuis.foundation import links, outbox


def sign_in(email: str, language: str, *, code: str, token: str, minutes: int) -> None:
    """The letter with the code and the link."""
    facts = {"code": shown(code), "link": link(token), "minutes": minutes}
    outbox.post("sign_in", email, language, facts)


def link(token: str) -> str:
    """The full address of the page where a link signs somebody in."""
    return links.absolute("accounts.sign_in_link", token=token)
