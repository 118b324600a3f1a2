"""The import of enterprises from a table: looked at first, then taken in whole, once, or undone."""
