"""What the department's requests come to: counted, timed, row by row."""
