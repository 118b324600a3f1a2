"""Runs of self-assessments and what their owner reads."""
