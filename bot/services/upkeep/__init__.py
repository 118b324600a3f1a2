"""What administrators and editors should look at."""
