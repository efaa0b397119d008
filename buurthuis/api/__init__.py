"""The JSON API under /api/v1: thin, over the same questions and verbs as the pages."""
