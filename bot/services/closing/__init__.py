"""How requests end and go on: duplicates that are merged and parted."""
