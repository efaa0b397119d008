"""People, initiatives, roles per house, sign-in, sessions and API tokens."""
