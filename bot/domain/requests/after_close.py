"""What an owner sends when the case is closed already, and how long it belongs to the case."""

from datetime import timedelta

AFTER_CLOSE = timedelta(hours=15)
"""Office time, two days at the desk: an owner who reads the farewell on a Friday afternoon looks
for the paper over the week-end and sends it on Monday or Tuesday. Later it is a matter of its own,
and the assistant asks what it is for."""

AFTER_SILENCE = timedelta(hours=75)
"""Office time, ten days at the desk, where a case was closed as its owner did not answer: what he
then sends is the answer that was waited for, and no matter of its own."""

FRESH = timedelta(minutes=15)
"""So soon after the farewell even idle words may be an answer to the officer, who has just left."""
