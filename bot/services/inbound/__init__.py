"""What came in: stored before it is acknowledged, worked on in its lane, or set aside."""
