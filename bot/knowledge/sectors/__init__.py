"""The sectors of the economy, found by code or words."""
