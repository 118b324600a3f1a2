"""The register of enterprises: what the department holds of each, and whence."""
