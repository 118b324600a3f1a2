"""The self-assessment in the talk: which one, its questions, its result."""
