"""What several commands stand on: the installation, and how something is told."""
