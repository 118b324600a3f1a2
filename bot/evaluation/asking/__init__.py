"""A labelled set, and what came back for it."""
