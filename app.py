"""The front door: `flask --app app` and gunicorn enter here."""

import gc

from buurthuis import create_app

app = create_app()
# What stands by now stays: to look through all of it for rubbish took 0.15 s each time.
gc.freeze()
