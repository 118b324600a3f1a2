"""Scores from the words and letters that a message shares with a phrasing."""
