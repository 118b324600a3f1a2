"""Support requests from filing to rating, and who sees which."""
