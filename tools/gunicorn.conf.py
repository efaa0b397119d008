"""How the pages are served: the program is assembled once, before its processes are made.

Assembling it first matters: a program that refuses to start (a bad setting, a missing guard)
then ends with its one line, instead of being started over and over.
"""

import os

bind = f"127.0.0.1:{os.environ.get('PORT') or '5000'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
preload_app = True
graceful_timeout = 10
control_socket_disable = True
loglevel = "warning"
