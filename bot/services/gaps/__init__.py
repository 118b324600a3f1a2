"""What was not answered well, and what officers conclude from it."""
