"""What every stage reads and passes on: the question, what was found, the wording."""
