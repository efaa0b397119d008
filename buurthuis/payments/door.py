"""The door of money: one blueprint for all its pages."""

from flask import Blueprint

blueprint = Blueprint("payments", __name__)
