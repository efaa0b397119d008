"""What is due when one cancels or stays away: from tables of a house file, to rows, and back."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from tomlkit.items import Table as TomlTable

from buurthuis.imports.table import Table
from buurthuis.imports.values import filled_table, list_of, per_cent
from buurthuis.rules.cancellation import NoticeUnit, Policy, Step, falls, grows
from buurthuis.rules.money import WHOLE
from buurthuis.rules.standing import StandingCode, place_of
from buurthuis.tariffs import policy_models
from buurthuis.tariffs.policy_models import PolicyStep

MOST_POLICIES = 40
MOST_STEPS = 8
MOST_TIMES = 100
MOST_NOTICE = {
    NoticeUnit.HOURS: 366 * 24,
    NoticeUnit.DAYS: 366,
    NoticeUnit.WEEKS: 52,
    NoticeUnit.WORKING_DAYS: 260,
}


@dataclass(frozen=True, slots=True)
class HousePolicy:
    """What one standing owes who cancels or stays away; None is everybody else."""

    kind: StandingCode | None
    rule: Policy


def read_policies(card: Table, named: Collection[StandingCode]) -> Iterator[HousePolicy]:
    """What the card says about it; only for standings that it names, and once for each."""
    seen: set[StandingCode | None] = set()
    for table in card.tables("policies", most=MOST_POLICIES):
        kind, is_told = table.standing("kind"), table.has("kind")
        if kind is not None and kind not in named:
            table.note("kind", "policy_not_named", kind=kind)
        if kind in seen and (kind is not None or not is_told):
            table.note("kind", "policy_twice")
        seen |= {kind} if kind is not None or not is_told else set()
        yield HousePolicy(kind, _rule(table))


def in_order(policies: Iterable[HousePolicy]) -> tuple[HousePolicy, ...]:
    """The same in their agreed order: everybody first."""
    return tuple(sorted(policies, key=_key))


def policy_table(policy: HousePolicy) -> TomlTable:
    """A policy as the file tells it."""
    rule = policy.rule
    table = filled_table(
        {
            "kind": None if policy.kind is None else str(policy.kind),
            "late_percentage": per_cent(rule.late_bp),
            "begun_percentage": per_cent(rule.begun_bp),
            "unused_percentage": per_cent(rule.unused_bp),
            "person_decides_after": rule.person_decides_after,
        }
    )
    if rule.steps:
        table.add("steps", list_of(map(_step_table, rule.steps)))
    return table


def policy_row(policy: HousePolicy) -> policy_models.Policy:
    """A policy as it is stored."""
    rule = policy.rule
    return policy_models.Policy(
        kind=policy.kind,
        late_bp=rule.late_bp,
        begun_bp=rule.begun_bp,
        unused_bp=rule.unused_bp,
        person_decides_after=rule.person_decides_after,
        steps=[
            PolicyStep(position=place, notice=step.notice, unit=step.unit, due_bp=step.due_bp)
            for place, step in enumerate(rule.steps)
        ],
    )


def described_policies(rows: Iterable[policy_models.Policy]) -> tuple[HousePolicy, ...]:
    """Stored policies as the file would describe them."""
    return tuple(HousePolicy(row.kind, row.as_rule) for row in rows)


def _rule(table: Table) -> Policy:
    late = table.hundredths("late_percentage", most=100) or 0
    begun = table.hundredths("begun_percentage", most=100)
    times = table.whole("person_decides_after", -1, least=0, most=MOST_TIMES)
    rule = Policy(
        steps=tuple(_steps(table)),
        late_bp=late,
        begun_bp=late if begun is None else begun,
        unused_bp=table.hundredths("unused_percentage", most=100) or 0,
        person_decides_after=None if times < 0 else times,
    )
    if not falls(rule.steps):
        table.note("steps", "steps_do_not_fall")
    if not grows(rule):
        table.note("steps" if rule.steps else "begun_percentage", "waiting_is_cheaper")
    return rule


def _steps(table: Table) -> Iterator[Step]:
    for entry in table.tables("steps", most=MOST_STEPS):
        entry.needed("notice", "unit", "percentage")
        unit = entry.choice("unit", NoticeUnit)
        notice = entry.whole("notice", 0, least=1, most=MOST_NOTICE[unit or NoticeUnit.HOURS])
        due = entry.hundredths("percentage", most=WHOLE // 100)
        if unit is not None and notice and due is not None:
            yield Step(notice, unit, due)


def _step_table(step: Step) -> TomlTable:
    return filled_table(
        {"notice": step.notice, "unit": step.unit.value, "percentage": per_cent(step.due_bp)}
    )


def _key(policy: HousePolicy) -> tuple[int, str]:
    return (-1, "") if policy.kind is None else place_of(policy.kind)
