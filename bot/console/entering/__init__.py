"""The page on which an officer enters a case, and what she notes of one that has no chat."""
