"""Cases are given to somebody: by a head, to who stands in, or back to the queue."""
