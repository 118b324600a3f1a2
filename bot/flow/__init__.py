"""The flow of messages: inbox → dialogue engine → outbox, durable at every step."""
