"""The proof of a discount in words: what the group is known as, who decided it, and who decided the prices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from buurthuis.discounts.models import Budget
from buurthuis.discounts.proof import Proof
from buurthuis.discounts.queries import NOBODY, Asked, Pair, newest_cards
from buurthuis.foundation.formatting import day, euros, number
from buurthuis.rules.calendar import day_of
from buurthuis.rules.quotes import Line, LineKind
from buurthuis.rules.reductions import Reason
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.models import Recognition
from buurthuis.tariffs.standing_words import KIND_WORDS, name_on_card, standing_name
from buurthuis.tariffs.wording import line_text
from buurthuis.venues.decisions import Decision

Cell = str | Markup


@dataclass(frozen=True, slots=True)
class Names:
    """What standings and groups are called on one page."""

    standings: dict[StandingCode, str]
    groups: dict[int, str | None]

    def standing(self, code: StandingCode) -> str:
        """What a standing is called."""
        if code == NOBODY:
            return _("Not recognised")
        return self.standings.get(code) or standing_name(code)

    def group(self, initiative_id: int) -> str:
        """The name of a group; a private person has none here."""
        return self.groups.get(initiative_id) or _("A private person")

    def tells_of(self, initiative_id: int) -> bool:
        """Whether the reader may know who this is, and so also what was written about them."""
        return bool(self.groups.get(initiative_id))


def own_names(asked: Asked) -> dict[StandingCode, str]:
    """What houses call the standings of their own; the kinds that everybody knows have their words."""
    cards = newest_cards(asked)
    return {code: name_on_card(code, cards[code]) for code in cards if code not in KIND_WORDS}


def sum_cells(pair: Pair) -> list[str]:
    """How many bookings took place, what is normal, what was charged, given and promised."""
    return [
        number(pair.given.bookings),
        euros(pair.given.list_cents),
        euros(pair.given.charged_cents),
        euros(pair.given.given_cents),
        euros(pair.promised.given_cents),
    ]


def why_lines(proof: Proof, *, tells: bool = True) -> Iterator[str]:
    """Why somebody paid less, a sentence for each thing that proves it.

    What was written about somebody stays out unless the page `tells` who they are.
    """
    standing = proof.booking.standing
    if standing:
        name = name_on_card(standing, proof.booking.rate_card_id)
        yield _("Known as: %(standing)s.", standing=name)
    for reason in proof.reasons:
        if reason in set(Reason):
            yield f"{line_text(Line(LineKind.DISCOUNT, 0, 0, reason))}."
    if proof.recognition is not None:
        yield recognition_line(proof.recognition, proof.decider)
        if tells:
            yield from filter(None, (proof.recognition.reason, proof.recognition.reference))
    if proof.evidence and tells:
        yield _("Seen: %(evidence)s.", evidence=proof.evidence.rstrip("."))
    if proof.decision is not None:
        yield decision_line(proof.decision)


def recognition_line(recognition: Recognition, decider: str) -> str:
    """Who recognised a group, and when."""
    when, is_of_union = day(day_of(recognition.decided_at), 0), recognition.venue_id is None
    if decider and is_of_union:
        return _("Recognised for all houses by %(who)s on %(day)s.", day=when, who=decider)
    if decider:
        return _("Recognised by %(who)s on %(day)s.", day=when, who=decider)
    if is_of_union:
        return _("Recognised for all houses on %(day)s.", day=when)
    return _("Recognised on %(day)s.", day=when)


def decision_line(decision: Decision) -> str:
    """Who decided the prices."""
    facts = {"day": day(decision.decided_on, 0), "who": decision.decided_by}
    words = _("Prices decided by %(who)s on %(day)s.", **facts)
    return f"{words} {decision.reference}".strip()


def budget_decision(budget: Budget) -> str:
    """Who decided a budget."""
    facts = {"day": day(budget.decided_on, 0), "who": budget.decided_by}
    return _("Decided by %(who)s on %(day)s.", **facts)


def joined(lines: Iterable[str]) -> str:
    """Sentences behind each other; evidence that ends without a stop gets one."""
    return " ".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)
