"""What houses give: the proof of every discount, budgets of residents, and what another card would mean."""
