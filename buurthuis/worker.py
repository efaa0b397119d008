"""The worker: carries letters away, reminds, lets holds go, clears up; many of them may run at once."""

import logging
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from threading import Event
from typing import Any, Final, cast

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_

from buurthuis.accounts.models import AddressChange, Invitation, SignInCode, SignInSession
from buurthuis.accounts.roles import warn_of_last_days
from buurthuis.activities.upkeep import forget_visitors, remind_visitors, tell_visitors
from buurthuis.api.models import IdempotencyKey
from buurthuis.bookings.actions import expire_holds
from buurthuis.bookings.changes import expire_changes
from buurthuis.bookings.overdue import tell_of_overdue
from buurthuis.bookings.reminders import remind
from buurthuis.bookings.waiting.offering import offer_places
from buurthuis.discounts.actions import tell_of_budgets
from buurthuis.foundation import clock, outbox
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.foundation.post import Letter, deliver
from buurthuis.foundation.pulse import Listener
from buurthuis.handover.letters import FAREWELL
from buurthuis.imports.bringing.upkeep import forget_drafts
from buurthuis.imports.outside.looking import look
from buurthuis.occupancy import guard
from buurthuis.payments.invoices.due import issue_due, remind_due
from buurthuis.payments.rounds import follow_money
from buurthuis.roster.cover.actions import go_round
from buurthuis.roster.inviting import invite
from buurthuis.roster.keys.reminding import ask_keys_back
from buurthuis.roster.reminding import forget_remarks, tell_of_evening
from buurthuis.roster.reminding import remind as remind_of_shifts
from buurthuis.roster.settling import settle
from buurthuis.roster.tonight.asking import ask_whether_closed
from buurthuis.roster.tonight.marking import mark_done
from buurthuis.statistics.keeping import keep
from buurthuis.tariffs.applications.upkeep import remind_of_ends
from buurthuis.venues.photos import KEPT_UNUSED, Picture, is_used

log = logging.getLogger(__name__)

PAUSE_SECONDS: Final = 2
ROUNDS_BETWEEN_CLEARING: Final = 300
ROUNDS_A_MINUTE: Final = 30
ROUNDS_BETWEEN_LISTENING: Final = 5
MOST_LETTERS_A_ROUND: Final = 200
AT_A_TIME: Final = timedelta(seconds=4)
"""So long figures are folded in a round; letters go on leaving in between."""
KEPT: Final = timedelta(days=1)
"""What is over stays this long, for whoever asks why a code did not work."""


@dataclass(slots=True)
class Round:
    """What one round did."""

    sent: int = 0
    failed: int = 0
    reminded: int = 0
    warned: int = 0
    expired: int = 0
    offered: int = 0
    cleared: int = 0

    @property
    def summary(self) -> str:
        """The round in one line."""
        return (
            f"letters sent: {self.sent}, not sent: {self.failed}, "
            f"reminders: {self.reminded}, holds expired: {self.expired}, "
            f"places offered: {self.offered}, cleared up: {self.cleared}"
        )

    @property
    def did_something(self) -> bool:
        """Whether there is anything to tell."""
        kept = self.expired or self.offered
        return bool(self.sent or self.failed or self.reminded or kept or self.cleared)


Chore = Callable[[Round, Event], None]


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, and stop.")
@with_appcontext
def command(once: bool) -> None:
    """Deliver mail, expire holds, clear up; until it is told to stop."""
    guard.insist()
    if once:
        click.echo(work().summary)
        return
    closing = _closing_time()
    click.echo("The worker is waiting for letters.")
    listener = Listener()
    for turn in count():
        done = work(chores_of(turn, listener), closing)
        if done.did_something:
            click.echo(done.summary)
        if closing.wait(PAUSE_SECONDS):
            return


def chores_of(turn: int, listener: Listener) -> tuple[Chore, ...]:
    """What is to be done in a round: letters always, what the clock brings each minute, all now and then.

    Whose shift moves or goes with a booking is told soon after that booking changed.
    """
    if turn % ROUNDS_BETWEEN_CLEARING == 0:
        return ALL_CHORES
    by_the_clock = CHORES_OF_A_MINUTE if turn % ROUNDS_A_MINUTE == 0 else ()
    after_news = (_settling_after_news(listener),) if turn % ROUNDS_BETWEEN_LISTENING == 0 else ()
    return (*after_news, *by_the_clock, *CHORES)


def _carry_letters(done: Round, closing: Event) -> None:
    for letter in _due_letters():
        try:
            deliver(current_app.config["BUURTHUIS"], letter)
        except Exception as error:
            log.warning("letter %s (%s) is still here: %s", letter.id, letter.template, error)
            outbox.mark_failed(letter.id, f"{type(error).__name__}: {error}")
            done.failed += 1
        else:
            outbox.mark_sent(letter.id)
            done.sent += 1
        if closing.is_set():
            return


def _due_letters() -> Iterator[Letter]:
    """Letters that are due, each leased by itself, so that a slow server costs no other its lease."""
    for _turn in range(MOST_LETTERS_A_ROUND):
        leased = outbox.lease(1)
        if not leased:
            return
        letter = Letter.of(db.session.get_one(OutboxLetter, leased[0]))
        db.session.rollback()  # Nothing may stay open while we talk to a mail server.
        yield letter


def _remind(done: Round, _closing: Event) -> None:
    done.reminded = remind() + remind_visitors()


def _warn(done: Round, _closing: Event) -> None:
    done.warned = warn_of_last_days()


def _let_holds_go(done: Round, _closing: Event) -> None:
    done.expired = expire_holds() + expire_changes() + follow_money()


def _tell_of_overdue(_done: Round, _closing: Event) -> None:
    tell_of_overdue()


def _remind_of_ends(done: Round, _closing: Event) -> None:
    done.reminded += remind_of_ends()


def _tell_of_budgets(_done: Round, _closing: Event) -> None:
    tell_of_budgets()


def _offer(done: Round, _closing: Event) -> None:
    done.offered = offer_places()


def _tell_visitors(_done: Round, _closing: Event) -> None:
    tell_visitors()


def _settle_shifts(_done: Round, _closing: Event) -> None:
    settle()


def _settling_after_news(listener: Listener) -> Chore:
    def settle_if_there_is_news(done: Round, closing: Event) -> None:
        if listener.has_news():
            _settle_shifts(done, closing)

    return settle_if_there_is_news


def _remind_of_shifts(done: Round, _closing: Event) -> None:
    done.reminded += remind_of_shifts()


def _invite_key_holders(_done: Round, _closing: Event) -> None:
    invite()


def _look_for_others(_done: Round, _closing: Event) -> None:
    go_round()


def _ask_keys_back(done: Round, _closing: Event) -> None:
    done.reminded += ask_keys_back()


def _tell_of_evening(_done: Round, _closing: Event) -> None:
    tell_of_evening()
    forget_remarks()


def _look_outside(_done: Round, _closing: Event) -> None:
    look(current_app.config["BUURTHUIS"])  # One at a time: letters must not wait for a slow school.


def _follow_shifts(_done: Round, _closing: Event) -> None:
    ask_whether_closed()
    mark_done()


def _bill(done: Round, _closing: Event) -> None:
    issue_due()
    done.reminded += remind_due()


def _keep_figures(_done: Round, _closing: Event) -> None:
    keep(clock.now(), within=AT_A_TIME)


def _clear_up(done: Round, _closing: Event) -> None:
    done.cleared = _forget_what_is_over() + forget_visitors() + forget_drafts()


@action
def _forget_what_is_over() -> int:
    """Delete codes, sessions, keys, pictures and invitations that nobody can use any more."""
    long_ago = clock.now() - KEPT
    over: tuple[tuple[Any, ColumnElement[bool]], ...] = (
        (SignInCode, SignInCode.expires_at < long_ago),
        (IdempotencyKey, IdempotencyKey.created_at < long_ago),
        (
            SignInSession,
            or_(SignInSession.expires_at < long_ago, SignInSession.ended_at < long_ago),
        ),
        (Picture, and_(Picture.unused_since < clock.now() - KEPT_UNUSED, ~is_used())),
        (Invitation, _unanswered(Invitation, Invitation.used_at, long_ago)),
        (AddressChange, _unanswered(AddressChange, AddressChange.confirmed_at, long_ago)),
        # Whoever left has this letter by now; it holds the last trace of an address.
        (OutboxLetter, and_(OutboxLetter.template == FAREWELL, OutboxLetter.sent_at < long_ago)),
    )
    results = [db.session.execute(delete(table).where(condition)) for table, condition in over]
    return sum(cast(CursorResult[Any], result).rowcount for result in results)


def _unanswered(table: Any, answered_at: Any, before: datetime) -> ColumnElement[bool]:
    """Nobody said yes, and nobody can any more: a stranger's name and address need not stay."""
    is_over = or_(table.expires_at < before, table.withdrawn_at < before)
    return and_(answered_at.is_(None), is_over)


CHORES: Final[tuple[Chore, ...]] = (_carry_letters, _let_holds_go, _look_outside)
CHORES_OF_A_MINUTE: Final = (
    *(_remind_of_shifts, _invite_key_holders, _look_for_others, _follow_shifts),
    # What was marked above counts in the figures.
    _keep_figures,
)
ALL_CHORES: Final = (
    *(_remind, _remind_of_ends, _warn, _tell_of_overdue, _tell_of_budgets, *CHORES),
    # Shifts settle before somebody is reminded of them.
    *(_offer, _tell_visitors, _settle_shifts, *CHORES_OF_A_MINUTE, _tell_of_evening),
    *(_ask_keys_back, _bill, _clear_up),
)


def work(chores: tuple[Chore, ...] = ALL_CHORES, closing: Event | None = None) -> Round:
    """Do all that is due now; a chore that fails is logged, and the others are done all the same."""
    done = Round()
    for chore in chores:
        try:
            chore(done, closing or Event())
        except Exception:
            log.exception("a chore of the worker failed")
        finally:
            db.session.rollback()
    return done


def _closing_time() -> Event:
    """Set when somebody asks the program to stop; the letter in hand is still brought away."""
    closing = Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: closing.set())
    return closing
