"""How the pages are served: the program is assembled once, before its processes are made.

Assembling it first matters: a program that refuses to start (a bad setting, a missing guard)
then ends with its one line, instead of being started over and over.
"""

import logging
import os
import re

from gunicorn.config import Config
from gunicorn.glogging import Logger

SECRET = re.compile(r"[\w-]{32,}")
"""What a link is known by: of a calendar, a seat, an invitation, a letter to sign in."""


def without_secrets(record: logging.LogRecord) -> bool:
    """Who reads a log does not get in by it, whatever is asked for, referred to or broken."""
    record.msg, record.args = SECRET.sub("…", record.getMessage()), ()
    return True


class Discreet(Logger):
    """Writes the logs that somebody asks for (`--access-logfile -`), but no secret link."""

    def setup(self, cfg: Config) -> None:
        """Begin to write."""
        super().setup(cfg)
        for each in (self.access_log, self.error_log):
            each.addFilter(without_secrets)


logger_class = Discreet
bind = f"127.0.0.1:{os.environ.get('PORT') or '5000'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
preload_app = True
graceful_timeout = 10
control_socket_disable = True
loglevel = "warning"
