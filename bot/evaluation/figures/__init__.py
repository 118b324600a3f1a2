"""Figures counted from a table of results."""
