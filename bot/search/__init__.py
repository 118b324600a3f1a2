"""How a message finds its article: read, compared, weighed, decided."""
