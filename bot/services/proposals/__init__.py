"""What answers propose to the register: shown beside it, taken over or left by an officer."""
