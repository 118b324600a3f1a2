"""The department's people and how they sign in."""
