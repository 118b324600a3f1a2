"""Self-assessments: questions, runs, scores."""
