"""The line to the provider: one question, an answer within so many seconds in all, and never a huge one."""

from collections.abc import Callable, Mapping
from threading import Thread
from time import monotonic
from typing import Any, Final, TypeVar

from buurthuis.payments.provider import ProviderDown

MOST_BYTES: Final = 1_000_000
PIECE: Final = 65_536
PATIENCE_SECONDS: Final = 3.0
"""For somebody to pick up; an answer may take all the time there is."""

T = TypeVar("T")

Answer = tuple[bytes, int, Mapping[str, str]]
"""The body, the status and the headers."""


def ask(method: str, url: str, headers: Mapping[str, str], body: Any, until: float) -> Answer:
    """Ask one question before a moment of the monotonic clock, without being sent on.

    Raises:
        ProviderDown
    """
    import requests

    try:
        with requests.request(
            method,
            url,
            headers=dict(headers),
            data=body,
            timeout=(min(left(until), PATIENCE_SECONDS), left(until)),
            allow_redirects=False,
            stream=True,
        ) as answer:
            pieces: list[bytes] = []
            for piece in answer.iter_content(PIECE):
                pieces.append(piece)
                if sum(map(len, pieces)) > MOST_BYTES:
                    raise ProviderDown("The answer has no end.")
                left(until)
            return b"".join(pieces), answer.status_code, answer.headers
    except (requests.RequestException, OSError) as error:
        raise ProviderDown(type(error).__name__) from None


def left(until: float) -> float:
    """How many seconds are left.

    Raises:
        ProviderDown: none are.
    """
    seconds = until - monotonic()
    if seconds <= 0:
        raise ProviderDown("It takes too long.")
    return seconds


def within(seconds: float, work: Callable[[], T]) -> T:
    """Do something beside us, and wait so long at most: looking up a name knows no limit of its own.

    Raises:
        ProviderDown: it was not ready in time. It may go on beside us for a moment.
    """
    results: list[T] = []
    troubles: list[BaseException] = []

    def work_beside() -> None:
        try:
            results.append(work())
        except BaseException as trouble:
            troubles.append(trouble)

    beside = Thread(target=work_beside, daemon=True, name="provider")
    beside.start()
    beside.join(seconds)
    if troubles:
        raise troubles[0]
    if not results:
        raise ProviderDown("It takes too long.")
    return results[0]
