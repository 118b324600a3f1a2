"""Sentence vectors: multilingual-e5-small, run here, and remembered."""
