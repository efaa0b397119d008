"""What is due when one cancels or stays away, in words: on the wall, and in the history of a house."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from babel.numbers import format_percent
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from buurthuis.rules.cancellation import NoticeUnit, Policy, Step
from buurthuis.rules.money import WHOLE, BasisPoints
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.standing_words import Named, standing_name


def policy_lines(card: RateCard) -> Iterator[str]:
    """The rules of a card: those of everybody, then those of one standing; a line each."""
    for policy in sorted(card.policies, key=lambda each: each.kind is not None):
        yield policy_line(policy.kind, policy.as_rule, card.standings)


def policy_line(kind: StandingCode | None, rule: Policy, standings: Iterable[Named]) -> str:
    """One policy on a line, with whom it is for."""
    if kind is None:
        return _("Cancelling: %(rules)s", rules=policy_in_words(rule))
    name = standing_name(kind, standings)
    return _("Cancelling, %(who)s: %(rules)s", who=name, rules=policy_in_words(rule))


def policy_in_words(rule: Policy) -> str:
    """What one owes by how much notice one gives."""
    said = [", ".join(_shares(rule)) + "."]
    if rule.unused_bp:
        share = _share(rule.unused_bp)
        said.append(_("Who stays away without a word pays %(share)s.", share=share))
    if rule.person_decides_after is not None:
        said.append(
            ngettext(
                "After %(num)s time in a year a person decides.",
                "After %(num)s times in a year a person decides.",
                rule.person_decides_after,
            )
        )
    return " ".join(said)


def _shares(rule: Policy) -> Iterator[str]:
    for step in rule.steps:
        yield _("%(time)s before %(share)s", time=_notice(step), share=_share(step.due_bp))
    later = _share(rule.late_bp)
    yield _("later %(share)s", share=later) if rule.steps else _("always %(share)s", share=later)
    if rule.begun_bp != rule.late_bp:
        yield _("once it has begun %(share)s", share=_share(rule.begun_bp))


def _share(share_bp: BasisPoints) -> str:
    if not share_bp:
        return _("nothing")
    return str(format_percent(Decimal(share_bp) / WHOLE, "#,##0.##%", locale=get_locale()))


def _notice(step: Step) -> str:
    return {
        NoticeUnit.HOURS: lambda: ngettext("%(num)s hour", "%(num)s hours", step.notice),
        NoticeUnit.DAYS: lambda: ngettext("%(num)s day", "%(num)s days", step.notice),
        NoticeUnit.WEEKS: lambda: ngettext("%(num)s week", "%(num)s weeks", step.notice),
        NoticeUnit.WORKING_DAYS: lambda: ngettext(
            "%(num)s working day", "%(num)s working days", step.notice
        ),
    }[step.unit]()
