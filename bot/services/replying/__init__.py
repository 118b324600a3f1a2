"""What an officer sends: held back for a moment, taken back, or on its way."""
