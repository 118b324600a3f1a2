"""An enterprise and how its people are reached, read from what an owner types."""
