"""Text as it is compared, searched and masked."""
