"""Who read an article again, and when it is due next."""
