"""The verbs of key-holders: somebody was trained, learns with a mentor, stops, begins again."""

from datetime import date, timedelta

from buurthuis.accounts.models import Person
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.holders.endings import Because, free, lock_person
from buurthuis.roster.holders.models import Training
from buurthuis.roster.holders.queries import HolderHere, mentors_of, trainers_of
from buurthuis.roster.holders.refusals import MentorUnfit, NotTrained, TrainerUnfit
from buurthuis.roster.models import Duty


@action
def train(
    holder: HolderHere, trained_on: date, trained_by: Person | None, *, by: Person
) -> Training:
    """Write down that somebody knows the house; who was learning, learns no longer.

    Without `trained_by`, it was somebody who is not in the books.

    Raises:
        NotFound, NotAllowed
        TrainerUnfit
    """
    _lock(holder, by)
    if trained_by is not None:
        known = {each.id for each in trainers_of(holder.venue, besides=holder.person)}
        if trained_by.id not in known:
            raise TrainerUnfit
    training = _row(holder) or _new_row(holder)
    training.is_learner, training.mentor_id, training.stopped_on = False, None, None
    training.trained_on = trained_on
    training.trained_by_id = None if trained_by is None else trained_by.id
    _note("holder.trained", holder, training, by)
    return training


@action
def begin_learning(holder: HolderHere, mentor: Person, *, by: Person) -> list[Duty]:
    """Let somebody learn the house with a mentor, or with another one than before.

    Who knew the house learns it anew: what they promised alone is open again.

    Raises:
        NotFound, NotAllowed
        MentorUnfit
    """
    _lock(holder, by)
    if mentor.id not in {each.id for each in mentors_of(holder.venue, besides=holder.person)}:
        raise MentorUnfit
    training = _row(holder) or _new_row(holder)
    training.is_learner, training.mentor_id, training.stopped_on = True, mentor.id, None
    training.trained_on = training.trained_by_id = None
    _note("holder.learns", holder, training, by)
    return free(holder.person, holder.venue, Because.STOPPED, by=by)


@action
def stop(holder: HolderHere, last_day: date, *, by: Person) -> list[Duty]:
    """Somebody opens here until a day, that day included; later promises are open again at once.

    Raises:
        NotFound, NotAllowed
        NotTrained: they neither know nor learn the house.
    """
    training = _known(holder, by)
    training.stopped_on = last_day + timedelta(days=1)
    _note("holder.stopped", holder, training, by)
    return free(holder.person, holder.venue, Because.STOPPED, by=by)


@action
def begin_again(holder: HolderHere, *, by: Person) -> None:
    """Somebody who stopped opens here again.

    Raises:
        NotFound, NotAllowed
        NotTrained
    """
    training = _known(holder, by)
    training.stopped_on = None
    _note("holder.again", holder, training, by)


def _lock(holder: HolderHere, by: Person) -> None:
    demand(by, "holder.manage", holder)
    lock_person(holder.person.id)


def _known(holder: HolderHere, by: Person) -> Training:
    """What is written down about somebody, once they are ours."""
    _lock(holder, by)
    found = _row(holder)
    if found is None:
        raise NotTrained
    return found


def _row(holder: HolderHere) -> Training | None:
    which = (holder.person.id, holder.venue.id)
    return db.session.get(Training, which, populate_existing=True)


def _new_row(holder: HolderHere) -> Training:
    made = Training(person_id=holder.person.id, venue_id=holder.venue.id)
    db.session.add(made)
    return made


def _note(verb: str, holder: HolderHere, training: Training, by: Person) -> None:
    db.session.flush()
    who = {"mentor": training.mentor_id, "trained_by": training.trained_by_id}
    facts = {name: number for name, number in who.items() if number is not None}
    note(verb, holder.person, by=by, venue_id=holder.venue.id, person=holder.person.id, **facts)
