"""Rasa's custom actions: each short, each calls a service and returns events."""
