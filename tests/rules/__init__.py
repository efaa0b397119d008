"""The house rules, tested without a house around them."""
