"""What changed between two versions of a house, in words that everybody can read."""

from collections.abc import Callable, Iterator
from itertools import groupby

from flask_babel import gettext as _

from buurthuis.foundation.formatting import day, weekdays
from buurthuis.imports.differences import Difference, differences
from buurthuis.imports.house import House
from buurthuis.pages.fair_use_words import fair_use_sentences
from buurthuis.pages.house.field_words import FIELDS, LONG_TEXTS, ROOM_FIELDS, value_words
from buurthuis.pages.house.hour_plans import hours_changes
from buurthuis.pages.house.price_words import (
    card_lines,
    extra_rate_line,
    no_more,
    rate_line,
    reduction_line,
    standing_lines,
    surcharge_line,
)
from buurthuis.pages.house.words import closure_rooms, closure_when, span_words
from buurthuis.pages.policy_words import policy_line
from buurthuis.rules.calendar import day_of
from buurthuis.tariffs.standing_words import KIND_WORDS

LONGEST_QUOTE = 120

Lines = Iterator[str]


def told_words(before: House, after: House) -> str:
    """What changed, in one sentence, and how much more there is."""
    lines = lines_between(before, after)
    if not lines:
        return _("Nothing was different.")
    if len(lines) == 1:
        return lines[0]
    return _("%(first)s And %(count)s more.", first=lines[0], count=len(lines) - 1)


def lines_between(before: House, after: House) -> list[str]:
    """Everything that changed, a line each."""
    changed = differences(before, after)
    told = [
        line for each in changed if each.kind != "hours" for line in _lines(each, before, after)
    ]
    return [*told, *_hours(before, after)]


def was_now(what: str, old: str, new: str) -> str:
    """One thing that is different: "Name: was X, now Y."."""
    if not old:
        return _("%(what)s: now %(new)s.", what=what, new=new)
    if not new:
        return _("%(what)s: was %(old)s, now empty.", what=what, old=old)
    return _("%(what)s: was %(old)s, now %(new)s.", what=what, old=old, new=new)


def _lines(each: Difference, before: House, after: House) -> Lines:
    words = KINDS.get(each.kind)
    if words is not None:
        yield from words(each, before, after)


def _field(each: Difference, _before: House, _after: House) -> Lines:
    what = str(FIELDS.get(each.what, each.what))
    if each.what == "house_rules":
        yield from _rules(each.old, each.new)
    elif each.what in LONG_TEXTS:
        yield _("%(what)s: there is a new text.", what=what)
    else:
        yield was_now(what, value_words(each.what, each.old), value_words(each.what, each.new))


def _rules(old: str, new: str) -> Lines:
    """Which rules came and went."""
    before, after = old.split("\n"), new.split("\n")
    for line in after:
        if line and line not in before:
            yield _("New rule: %(rule)s", rule=_quote(line))
    for line in before:
        if line and line not in after:
            yield _("This rule is gone: %(rule)s", rule=_quote(line))
    if set(before) == set(after):
        yield _("The rules stand in another order.")


def _fair_use(each: Difference, _before: House, _after: House) -> Lines:
    """Which rules came and went."""
    before, after = (fair_use_sentences(rules) for rules in (each.old, each.new))
    for line in after:
        if line not in before:
            yield _("Fair use, new: %(rule)s", rule=line)
    for line in before:
        if line not in after:
            yield _("Fair use, gone: %(rule)s", rule=line)
    if set(before) == set(after):
        yield _("The rules of fair use changed a little.")


def _room(each: Difference, _before: House, _after: House) -> Lines:
    if each.old is None:
        yield _("New room: %(room)s.", room=each.what)
    else:
        yield _("The room %(room)s is gone.", room=each.what)


def _room_field(each: Difference, before: House, after: House) -> Lines:
    room, name = each.what
    if name == "retired_at":
        used = _("The room %(room)s is used again.", room=room)
        yield used if each.new is None else _("The room %(room)s is no longer used.", room=room)
        return
    what = f"{room}, {ROOM_FIELDS.get(name, name)}"
    if name in LONG_TEXTS:
        yield _("%(what)s: there is a new text.", what=what)
        return
    old, new = each.old, each.new
    if name in ("parts", "only_with"):
        names = {known.slug: known.name for known in (*before.rooms, *after.rooms)}
        old, new = ([names[slug] for slug in slugs] for slugs in (old, new))
    yield was_now(what, value_words(name, old), value_words(name, new))


def _extra(each: Difference, _before: House, _after: House) -> Lines:
    if each.new is None:
        yield _("%(thing)s can no longer be asked for.", thing=each.old.name)
    elif each.old is None:
        yield _("New: %(thing)s. People can ask for it with a room.", thing=each.new.name)
    else:
        yield _("%(thing)s: something is different.", thing=each.new.name)


def _order(_each: Difference, _before: House, _after: House) -> Lines:
    yield _("The rooms stand in another order.")


def _day_part(each: Difference, _before: House, _after: House) -> Lines:
    old, new = ("" if span is None else span_words(*span) for span in (each.old, each.new))
    if not new:
        yield _("%(part)s is no part of the day any more.", part=each.what)
    else:
        yield was_now(each.what, old, new)


def _closure(each: Difference, before: House, after: House) -> Lines:
    house = before if each.new is None else after
    closure = each.new or each.old
    when = closure_when(closure, day_of(closure.from_at))
    facts = {"rooms": closure_rooms(closure, house), "when": when}
    if each.new is None:
        yield _("No longer closed: %(rooms)s, %(when)s.", **facts)
    else:
        yield _("Closed: %(rooms)s, %(when)s.", **facts)


def _notice(each: Difference, _before: House, _after: House) -> Lines:
    if each.new is None:
        yield _("Taken off the board: %(text)s", text=_quote(each.old.text))
    else:
        yield _("New on the board: %(text)s", text=_quote(each.new.text))


def _photo(each: Difference, _before: House, after: House) -> Lines:
    facts = {"of": each.what or after.name}
    if each.kind == "photo_order":
        yield _("The photos of %(of)s stand in another order.", **facts)
    elif each.kind == "photo_words":
        yield _("A photo of %(of)s has other words: %(alt)s.", alt=each.new, **facts)
    elif each.new is None:
        yield _("A photo of %(of)s is gone: %(alt)s.", alt=each.old.alt, **facts)
    else:
        yield _("New photo of %(of)s: %(alt)s.", alt=each.new.alt, **facts)


def _card(each: Difference, before: House, after: House) -> Lines:
    if each.new is None:
        yield _("The prices from %(day)s are gone.", day=day(each.what, 0))
    else:
        yield _("New prices from %(day)s.", day=day(each.what, 0))
        yield from card_lines(after, each.new)


def _card_field(each: Difference, _before: House, _after: House) -> Lines:
    yield _("The prices from %(day)s have other rules.", day=day(each.what[0], 0))


def _rate(each: Difference, _before: House, _after: House) -> Lines:
    yield was_now(each.what.room, rate_line(each.old), rate_line(each.new))


def _standing(each: Difference, _before: House, _after: House) -> Lines:
    yield from standing_lines(each.old, each.new)


def _charge(each: Difference, before: House, after: House) -> Lines:
    """A surcharge or the price of an extra of a card that stays: what it is now, or that it is gone."""
    line = surcharge_line if each.kind == "surcharge" else extra_rate_line
    yield no_more(line(before, each.old)) if each.new is None else line(after, each.new)


def _reduction(each: Difference, _before: House, _after: House) -> Lines:
    names = {str(code): str(words) for code, words in KIND_WORDS.items()}
    line = reduction_line(each.new or each.old, names)
    yield no_more(line) if each.new is None else line


def _policy(each: Difference, _before: House, after: House) -> Lines:
    day, kind = each.what
    policy = each.new or each.old
    standings = next((card.standings for card in after.rate_cards if card.valid_from == day), ())
    line = policy_line(kind, policy.rule, standings)
    yield no_more(line) if each.new is None else line


KINDS: dict[str, Callable[[Difference, House, House], Lines]] = {
    **dict.fromkeys(
        ("about", "contact", "address", "legal", "booking", "roster", "paying"), _field
    ),
    "fair_use": _fair_use,
    "room": _room,
    "room_field": _room_field,
    "extra": _extra,
    "order": _order,
    "day_part": _day_part,
    "closure": _closure,
    "notice": _notice,
    **dict.fromkeys(("photo", "photo_words", "photo_order"), _photo),
    "card": _card,
    "card_field": _card_field,
    "rate": _rate,
    "standing": _standing,
    **dict.fromkeys(("surcharge", "extra_rate"), _charge),
    "reduction": _reduction,
    "policy": _policy,
}
"""Decisions have no line: they stand with the change they are behind."""


def _hours(before: House, after: House) -> Lines:
    """Weekdays that follow each other and change alike are told together."""
    names = {room.slug: room.name for room in (*before.rooms, *after.rooms)}
    changes = hours_changes(before.opening_hours, after.opening_hours)
    alike = sorted(changes, key=lambda each: (each.room or "", str(each.since), each.weekday))
    for _key, run in groupby(alike, key=lambda each: (each.room, each.since, each.was, each.now)):
        days = list(run)
        words = _days([each.weekday for each in days])
        if days[0].room:
            words = f"{names[days[0].room]}, {words}"
        line = was_now(words[:1].upper() + words[1:], _spans(days[0].was), _spans(days[0].now))
        since = days[0].since
        if since is not None:
            so_since = _("So from %(day)s on.", day=day(since, 0))
            line = f"{line} {so_since}"
        yield line


def _days(numbers: list[int]) -> str:
    names = [weekdays()[number][1] for number in numbers]
    if len(names) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return _("%(first)s to %(last)s", first=names[0], last=names[-1])
    return ", ".join(names)


def _spans(spans: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(span_words(*span) for span in spans) or _("closed")


def _quote(text: str) -> str:
    short = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    return f"“{' '.join(short.split())}”"
