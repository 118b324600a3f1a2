"""What lets a person of the department in beside her password."""
