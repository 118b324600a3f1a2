"""What every action is made of: the desk, the turn, patience with what is not understood."""
