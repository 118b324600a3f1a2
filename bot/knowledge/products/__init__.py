"""Products by their risk: how they are named, where they are listed, what must be done."""
