"""Forms of ours as files of messages."""
