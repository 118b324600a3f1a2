"""What a message asks: how many questions, about which aspect, of what said before."""
