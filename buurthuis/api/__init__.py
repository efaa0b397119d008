"""The JSON interface, thin, over the same actions as the pages."""
