"""Telling the department's people what waits for them."""
