"""All public pages and my page, on one blueprint."""

from buurthuis.pages import agenda, finding, health, houses, language, me, week
from buurthuis.pages.blueprint import blueprint

__all__ = ["agenda", "blueprint", "finding", "health", "houses", "language", "me", "week"]
