"""Answers in English: from the articles that are told in English, and from nothing else."""
