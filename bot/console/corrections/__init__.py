"""Corrections: what changed since owners were given it, and what they are told of it."""
