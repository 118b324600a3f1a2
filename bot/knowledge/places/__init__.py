"""Provinces and communes of the two levels since 01/07/2025, found by new and old names."""
