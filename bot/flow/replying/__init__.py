"""Sends what officers wrote once it can no longer be taken back."""
