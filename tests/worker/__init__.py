"""The worker, which carries letters away and clears up."""
