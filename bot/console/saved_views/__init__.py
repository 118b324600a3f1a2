"""The filters of the list of requests that a person keeps under a name."""
