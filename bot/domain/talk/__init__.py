"""Messages, replies, buttons, and who holds a conversation."""
