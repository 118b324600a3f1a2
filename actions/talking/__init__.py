"""Answers and small talk."""
