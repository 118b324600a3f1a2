"""Answers composed from reviewed articles."""
