"""The web chat: page, API, live stream."""
