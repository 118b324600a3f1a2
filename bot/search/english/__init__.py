"""How a question in English finds the article that is told in English, or is known not to be."""
