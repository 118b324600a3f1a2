"""Rasa NLU components for Vietnamese: a tokenizer and an intent classifier."""
