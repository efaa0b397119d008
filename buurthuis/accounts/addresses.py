"""E-mail addresses as people type them, made one plain address or refused.

An address here is always one mailbox: no list, no name beside it, nothing a letter's head could
trip over. It is kept in lower case, so that a person who types a capital is still the same person.
"""

import re
import unicodedata
from typing import Final

LONGEST: Final = 254
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@(?P<domain>(?:{_LABEL}\.)+{_LABEL})")
_LONGEST_LOCAL: Final = 64


class NoAddress(ValueError):
    """The text is not one e-mail address."""


def address(text: str) -> str:
    """The one address in a text, normalised: compatible forms composed, lower case, no white space around.

    A domain with accents is written the way the mail system writes it (`xn--…`).

    Raises:
        NoAddress: no address, more than one, or one that no mail can reach.
    """
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    local, at, domain = typed.rpartition("@")
    if not at or len(typed) > LONGEST:
        raise NoAddress
    plain = f"{local}@{_plain_domain(domain)}"
    match = _ADDRESS.fullmatch(plain)
    if match is None or len(plain) > LONGEST or len(match["local"]) > _LONGEST_LOCAL:
        raise NoAddress
    return plain


def _plain_domain(domain: str) -> str:
    """The domain in letters that every mail server knows.

    Raises:
        NoAddress: it has letters that no domain can have.
    """
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise NoAddress from None
