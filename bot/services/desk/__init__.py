"""What helps an officer to answer: cases like this one, articles to put into a reply."""
