"""The stand-in as a program that listens: for tests in a thread, for the demo as a process of its own."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from tools.stand_in import api, pages
from tools.stand_in.posting import Address, Postman
from tools.stand_in.till import Till

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
LOOKS_AFTER_SECONDS = 5


class _Quiet(WSGIRequestHandler):
    """Tells nothing of the questions that come in."""

    def log_request(self, *_said: Any) -> None:
        """Say nothing."""


class StandIn:
    """A stand-in that listens on this machine until it is closed."""

    def __init__(
        self,
        port: int = 0,
        *,
        file: Path | None = None,
        addresses: Sequence[Address] = (),
        rest: float = 1.0,
    ) -> None:
        self.till = Till(file)
        self.postman = Postman(self.till, addresses, rest=rest)
        self.wake = threading.Event()
        """Ends every slow answer at once."""
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        self._server = make_server(
            "127.0.0.1", port, self._app(), threaded=True, request_handler=_Quiet
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def serve(self) -> None:
        """Listen until somebody closes it."""
        threading.Thread(target=self._look_at_the_clock, daemon=True).start()
        self._server.serve_forever(poll_interval=0.05)

    def start(self) -> None:
        """Listen beside us."""
        threading.Thread(target=self.serve, daemon=True, name="stand-in").start()

    def close(self) -> None:
        """Nobody is there any more."""
        self.wake.set()
        self.postman.close()
        self._server.shutdown()
        self._server.server_close()

    def _look_at_the_clock(self) -> None:
        while not self.wake.is_set():
            self.till.close_in_time()
            time.sleep(LOOKS_AFTER_SECONDS)

    def _app(self) -> Flask:
        app = Flask("stand_in", root_path=str(Path(__file__).parent), static_folder=None)
        app.config.update(TILL=self.till, POSTMAN=self.postman, CALLS=self.calls, WAKE=self.wake)
        app.register_blueprint(api.blueprint)
        app.register_blueprint(pages.blueprint)
        app.after_request(_headers)
        return app


def _headers(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = "no-store"
    return answer
