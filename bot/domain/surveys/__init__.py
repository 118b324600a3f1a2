"""Survey campaigns: what one may become, whom it means, when it may speak, and its links."""
