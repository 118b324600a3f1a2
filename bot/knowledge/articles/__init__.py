"""The articles: what one holds, how a folder of them is read, what they have in common."""
