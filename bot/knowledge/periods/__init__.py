"""Periods that run from a day the owner tells: how long a paper holds, from when one may apply."""
