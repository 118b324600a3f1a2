"""Who was given which article, and how they hear that it has changed."""
