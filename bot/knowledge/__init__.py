"""The knowledge base, read from `knowledge_base/` into checked models, and the search over it."""
