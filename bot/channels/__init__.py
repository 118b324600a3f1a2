"""Channels: adapters that only translate between a platform's wire format and ours."""
