"""Office hours, working days, who receives what, who may do what."""
