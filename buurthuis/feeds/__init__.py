"""Calendar feeds that phones and laptops subscribe to."""
