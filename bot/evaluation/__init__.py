"""The quality page: labelled messages are put to the assistant, and what comes back is counted."""
