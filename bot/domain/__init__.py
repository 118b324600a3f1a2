"""The words and rules of the house, without input or output."""
