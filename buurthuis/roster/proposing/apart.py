"""Solving in a process of its own: its memory goes when it ends, and no page waits for it for ever."""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Final

from buurthuis.foundation.errors import Refusal
from buurthuis.roster.proposing.model import Instance, Proposal
from buurthuis.roster.proposing.solve import propose

ROOT: Final = Path(__file__).parents[3]
PATIENCE: Final = 60
"""So many seconds a page waits at most; one house takes one or two."""


class TooMuchAtOnce(Refusal):
    """There is more to propose than a page can wait for."""

    code = "too-much"
    status = 422


def propose_apart(instance: Instance) -> Proposal:
    """A proposal, made by another process.

    Raises:
        TooMuchAtOnce: it takes longer than a page can wait.
    """
    if not any(person.may for person in instance.people):
        return propose(instance)  # Nothing is solved.
    command = [sys.executable, "-m", "buurthuis.roster.proposing.apart"]
    asked = pickle.dumps(instance)
    try:
        ran = subprocess.run(  # noqa: S603 (no word of it comes from outside)
            command, input=asked, capture_output=True, check=True, cwd=ROOT, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise TooMuchAtOnce from None
    answer: Proposal = pickle.loads(ran.stdout)  # noqa: S301 (our own process wrote it)
    return answer


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(propose(pickle.load(sys.stdin.buffer))))  # noqa: S301
