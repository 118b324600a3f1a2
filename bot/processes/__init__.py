"""The processes of an installation, and who starts them."""
