"""The blueprint on which the pages of a board hang."""

from flask import Blueprint

blueprint = Blueprint("board", __name__, url_prefix="/board")
