"""The files as they lie in the folder: read safely, told apart, kept as last good copies."""
