"""The request form and the way to an officer."""
