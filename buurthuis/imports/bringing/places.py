"""Which room a place in a file means: as it was chosen or remembered, else by the words it has in common."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete, insert, select

from buurthuis.foundation.db import db
from buurthuis.imports.bringing.choices import LEAVE, Choices, key_of
from buurthuis.imports.bringing.models import ImportWord, Meaning
from buurthuis.rules import slugs
from buurthuis.venues.models import Room, Venue

Words = Mapping[Meaning, Mapping[str, str]]
"""What words mean in a house, by their kind."""


def rooms_in_use(venue: Venue) -> list[Room]:
    """The rooms that something may be brought into, as the house orders them."""
    return [room for room in venue.rooms if room.retired_at is None]


def room_of(place: str, rooms: Sequence[Room], choices: Choices) -> Room | None:
    """The room that a place means; None where nobody can tell, or where it is none of ours."""
    chosen = choices.rooms.get(key_of(place))
    if chosen is not None:
        return next((room for room in rooms if room.slug == chosen), None)
    return guessed(place, rooms)


def is_left(place: str, choices: Choices) -> bool:
    """Somebody said that this place is no room of the house."""
    return choices.rooms.get(key_of(place)) == LEAVE


def guessed(place: str, rooms: Sequence[Room]) -> Room | None:
    """The one room whose name stands in a place; "Grote zaal, De Meevaart" is the hall.

    Without a place it is the only room, where the house has one.
    """
    said = slugs.slug(place)
    if not said:
        return rooms[0] if len(rooms) == 1 and not place.strip() else None
    exactly = [room for room in rooms if said in {room.slug, slugs.slug(room.name)}]
    if len(exactly) == 1:
        return exactly[0]
    names = {room: slugs.slug(room.name) for room in rooms}
    named = [room for room in rooms if names[room] and f"-{names[room]}-" in f"-{said}-"]
    longest = [room for room in named if not _is_within_another(names[room], named, names)]
    return longest[0] if len(longest) == 1 else None


def _is_within_another(name: str, named: Sequence[Room], names: Mapping[Room, str]) -> bool:
    """ "Zaal" stands in "Grote zaal": the longer name is meant."""
    return any(f"-{name}-" in f"-{names[other]}-" and name != names[other] for other in named)


def words_of(venue: Venue) -> Words:
    """What words mean in the files of a house, as it was chosen before."""
    asked = select(ImportWord).where(ImportWord.venue_id == venue.id)
    found: dict[Meaning, dict[str, str]] = {kind: {} for kind in Meaning}
    for word in db.session.scalars(asked):
        found[word.kind][word.word] = word.means
    return found


def remembered(choices: Choices, words: Words, said: Collection[str]) -> Choices:
    """The choices with what a house chose before for words that are `said` again."""
    keys = {key_of(each) for each in said}
    rooms = {key: words[Meaning.ROOM][key] for key in keys & words[Meaning.ROOM].keys()}
    groups = {key: words[Meaning.GROUP][key] for key in keys & words[Meaning.GROUP].keys()}
    return replace(choices, rooms={**rooms, **choices.rooms}, groups={**groups, **choices.groups})


def remember(venue: Venue, kind: Meaning, meanings: Mapping[str, str]) -> None:
    """Keep what words mean, inside the transaction of a verb; a newer meaning takes over."""
    meanings = {key_of(word): means for word, means in meanings.items()}
    if not meanings:
        return
    here = (ImportWord.venue_id == venue.id, ImportWord.kind == kind)
    db.session.execute(delete(ImportWord).where(*here, ImportWord.word.in_(meanings)))
    rows = [
        {"venue_id": venue.id, "kind": kind, "word": word, "means": means}
        for word, means in meanings.items()
    ]
    db.session.execute(insert(ImportWord), rows)
