"""What to know of a knowledge base before it is trusted: rules, one a file; expiry; impact."""
