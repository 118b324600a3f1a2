"""People, enterprises and cases that are made up, to look around and to train with."""
