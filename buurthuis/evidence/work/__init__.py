"""Volunteer work that is written down: board, cooking, repairs; shifts count by themselves."""
