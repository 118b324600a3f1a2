"""The register of enterprises: the list, the page of one, its form, its people."""
