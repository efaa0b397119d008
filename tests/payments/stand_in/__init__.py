"""The stand-in behaves as the provider does, on good days and on bad ones."""
