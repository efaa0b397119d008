"""Tests of paying online: attempts, what the provider says of them, and what follows."""
