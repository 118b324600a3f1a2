"""What comes from outside, made safe: characters, lengths, numbers, files."""
