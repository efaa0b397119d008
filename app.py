"""The front door: `flask --app app` and gunicorn enter here."""

from buurthuis import create_app

app = create_app()
