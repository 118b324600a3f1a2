"""The department's pages on self-assessments."""
