"""The steps by which an officer answers, and takes an answer back."""
