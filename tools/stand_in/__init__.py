"""A stand-in for the provider of online payments, for tests and for trying: no money ever moves."""
