"""multilingual-e5-small as it is run: its parts, read from a folder that is written once."""
