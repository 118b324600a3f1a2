"""The department as data: its units, their topics and hours, who gets what, how it is reached."""
