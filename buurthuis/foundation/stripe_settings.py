"""Settings of paying online: the account of all houses, those of houses with their own, and where it is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

USUAL_BASE: Final = "https://api.stripe.com"
USUAL_PAGES: Final = "https://checkout.stripe.com"
"""Where people pay; the address of each page is made by the provider."""
EVERY_HOUSE: Final = ""
LIVE: Final = "live"

_KEY = "STRIPE_KEY"
_SECRET = "STRIPE_WEBHOOK_SECRET"  # noqa: S105  the name of the setting
_BASE = "STRIPE_API_BASE"
_KEY_FORM = re.compile(r"(?:sk|rk)_(test|live)_[A-Za-z0-9_-]{1,240}")
_SECRET_FORM = re.compile(r"whsec_[A-Za-z0-9_+/=-]{1,240}")
_SLUG_FORM = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)*")

Refuse = Callable[[str, str], BaseException]
"""Makes a refusal of the name of a setting and its cure."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The key with which the provider is asked, and the secret by which its events are known."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
    is_live: bool
    """Real money, or an account for trying."""


@dataclass(frozen=True, slots=True)
class StripeSettings:
    """The accounts of the houses, by the slug as settings write it; none at all offers nothing online."""

    accounts: Mapping[str, Keys]
    base: str = USUAL_BASE

    def of(self, venue_slug: str) -> Keys | None:
        """The account of a house: its own, or else that of every house."""
        return self.accounts.get(as_written(venue_slug)) or self.accounts.get(EVERY_HOUSE)

    @property
    def pages(self) -> tuple[str, ...]:
        """The sites where people may be sent to pay; a stand-in shows its pages itself."""
        if not self.accounts:
            return ()
        own = () if self.base == USUAL_BASE else (self.base,)
        return (USUAL_PAGES, *own)


NO_ACCOUNT: Final = StripeSettings({})


def as_written(venue_slug: str) -> str:
    """The slug of a house as it stands in the name of a setting: DE_MEEVAART."""
    return venue_slug.upper().replace("-", "_")


def stripe_settings(given: Mapping[str, str], refuse: Refuse) -> StripeSettings:
    """Read the accounts from settings without their prefix; a house may have its own key and secret.

    It may also have a secret alone: an account of all houses then sends its events to an address
    for each. What is wrong is refused without repeating it: the line may end up in a journal.
    """
    keys = _forms(given, _KEY, _KEY_FORM, refuse, "this is no secret key of Stripe (sk_…)")
    secrets = _forms(given, _SECRET, _SECRET_FORM, refuse, "this is no secret of Stripe (whsec_…)")
    common = keys.get(EVERY_HOUSE)
    found = {}
    for slug in sorted(keys | secrets):
        key, secret = keys.get(slug, common), secrets.get(slug)
        if key is None:
            raise refuse(_named(_SECRET, slug), f"set BUURTHUIS_{_named(_KEY, slug)} as well")
        if secret is None:
            raise refuse(_named(_KEY, slug), f"set BUURTHUIS_{_named(_SECRET, slug)} as well")
        found[slug] = Keys(key[0], secret[0], is_live=key[1] == LIVE)
    base = _base(given.get(_BASE) or USUAL_BASE, refuse)
    if base.startswith("http://") and any(each.is_live for each in found.values()):
        raise refuse(_BASE, "a key for real money only travels over https")
    return StripeSettings(found, base)


def _forms(
    given: Mapping[str, str], name: str, form: re.Pattern[str], refuse: Refuse, cure: str
) -> dict[str, re.Match[str]]:
    """What is given under a name for all houses, and under that name for each."""
    found = {}
    for each, text in given.items():
        start, _between, slug = each.partition("__")
        if start != name or not text.strip():
            continue
        if each != name and not _SLUG_FORM.fullmatch(slug):
            raise refuse(each, "write the slug of the house in capitals, as DE_MEEVAART")
        match = form.fullmatch(text.strip())
        if match is None:
            raise refuse(each, cure)
        found[slug] = match
    return found


def _named(name: str, slug: str) -> str:
    return f"{name}__{slug}" if slug else name


def _base(text: str, refuse: Refuse) -> str:
    try:
        parts = urlsplit(text)
        is_site = parts.port != 0 and not (parts.username or parts.query or parts.fragment)
    except ValueError:
        parts, is_site = urlsplit(""), False
    is_site = is_site and parts.scheme in {"http", "https"} and parts.path in {"", "/"}
    if not is_site or not parts.hostname:
        raise refuse(_BASE, f"{text!r} is no server; write {USUAL_BASE}")
    return f"{parts.scheme}://{parts.netloc.lower()}"
