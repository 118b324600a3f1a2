"""Requests: the list, the page of one, the steps on it."""
