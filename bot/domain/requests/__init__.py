"""Support requests: states, standing, what comes after the close."""
