"""Forms that owners take with them as files: sheets to fill in, kept as data."""
