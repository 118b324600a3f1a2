"""How long owners wait: clocks, hours told anew, waits for others."""
