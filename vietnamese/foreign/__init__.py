"""What is not Vietnamese in a message: whole messages in English, and what they wish."""
