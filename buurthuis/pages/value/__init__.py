"""What the houses are worth, for everybody: pages without a choice, and open data."""
