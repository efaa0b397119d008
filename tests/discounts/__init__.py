"""What houses give: proof, budgets, and what another card would mean."""
