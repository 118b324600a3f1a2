"""The department's pages on survey campaigns."""
