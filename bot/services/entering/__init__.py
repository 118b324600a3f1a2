"""Cases that officers enter for who phones or comes, and what they note of their answers."""
