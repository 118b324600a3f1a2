"""Conversations, and what is said in them, in both directions."""
