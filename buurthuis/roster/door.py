"""The blueprint on which all pages of the roster hang."""

from flask import Blueprint

blueprint = Blueprint("roster", __name__)
