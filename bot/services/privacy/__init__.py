"""The rights of a person over what is kept of him (Luật 91/2025/QH15)."""
