"""What could not be answered, and what is proposed for it."""
