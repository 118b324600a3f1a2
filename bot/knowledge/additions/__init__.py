"""What officers added in the console, beside what editors keep in files."""
