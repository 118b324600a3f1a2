"""The head's page: figures of a period, each leading to its requests."""
