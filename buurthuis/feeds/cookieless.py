"""Calendars are asked for by machines: their doors read no cookie and set none."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

CALENDARS = "/ical/"


class SessionsForPeople(SecureCookieSessionInterface):
    """Opens a session everywhere but at the calendars."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open the session of a visitor; None makes one that keeps nothing."""
        return None if request.path.startswith(CALENDARS) else super().open_session(app, request)
