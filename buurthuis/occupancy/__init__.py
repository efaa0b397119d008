"""The table and the guard that refuse double booking."""
