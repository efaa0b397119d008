"""How a proposal speaks: how good it is, why somebody is on a shift, and why nobody can."""

from collections.abc import Callable, Mapping
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.roster.proposing.model import Quality, Why
from buurthuis.rules.eligibility import WITHOUT_KEY, Hindrance


def quality_sentence(quality: Quality) -> str:
    """How good a proposal is."""
    if quality.is_proven:
        return _("Proven to be the best: the computer compared all other ways.")
    return _("At most %(percent)s%% from the best.", percent=quality.percent)


def why_sentence(name: str, kind: str, why: Why) -> str:
    """Why somebody is on a shift, in one sentence."""
    return _(
        "%(reason)s, and does %(done)s of %(offered)s shifts that fit.",
        reason=_reason(name, kind, why),
        done=why.done,
        offered=max(why.offered, why.done),
    )


def _reason(name: str, kind: str, why: Why) -> str:
    if not why.others:
        return _("%(name)s is the only one who can", name=name)
    if why.other_end and kind == "open":
        return _("%(name)s can then, has the key and locks up too", name=name)
    if why.other_end:
        return _("%(name)s can then, has the key and opens too", name=name)
    if why.gladly:
        return _("%(name)s comes gladly then", name=name)
    if why.likes_kind and kind == "open":
        return _("%(name)s can then and likes to open", name=name)
    if why.likes_kind:
        return _("%(name)s can then and likes to lock up", name=name)
    if kind in WITHOUT_KEY:
        return _("%(name)s can then and knows the house", name=name)
    return _("%(name)s can then and has the key", name=name)


def nobody_sentence(hindered: Mapping[str, int]) -> str:
    """Why nobody can do a shift, with how many people are kept from it by what."""
    if not hindered:
        return _("No key-holder knows this house.")
    told = [_HINDERED[each](hindered[each]) for each in Hindrance if hindered.get(each)]
    return " ".join(f"{each}." for each in told)


_HINDERED: Final[dict[Hindrance, Callable[[int], str]]] = {
    Hindrance.NO_ROLE: lambda n: ngettext(
        "%(num)s person is no key-holder then", "%(num)s people are no key-holder then", n
    ),
    Hindrance.NOT_TRAINED: lambda n: ngettext(
        "%(num)s person does not know the house yet", "%(num)s people do not know the house yet", n
    ),
    Hindrance.STOPPED: lambda n: ngettext("%(num)s person stopped", "%(num)s people stopped", n),
    Hindrance.NO_KEY: lambda n: ngettext(
        "%(num)s person has no key", "%(num)s people have no key", n
    ),
    Hindrance.ALONE: lambda n: ngettext(
        "%(num)s person learns without a mentor", "%(num)s people learn without a mentor", n
    ),
    Hindrance.OVERLAP: lambda n: ngettext(
        "%(num)s person has another shift", "%(num)s people have another shift", n
    ),
    Hindrance.TRAVEL: lambda n: ngettext(
        "%(num)s person is too far away", "%(num)s people are too far away", n
    ),
    Hindrance.REST: lambda n: ngettext(
        "%(num)s person closes late before", "%(num)s people close late before", n
    ),
    Hindrance.AWAY: lambda n: ngettext("%(num)s person is away", "%(num)s people are away", n),
    Hindrance.NOT_THEN: lambda n: ngettext(
        "%(num)s person can not then", "%(num)s people can not then", n
    ),
    Hindrance.TOO_MANY: lambda n: ngettext(
        "%(num)s person has enough that week", "%(num)s people have enough that week", n
    ),
}
