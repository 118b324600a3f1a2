"""Rasa's side of the house: its environment, its Vietnamese components and its launcher."""
