"""The department's people: signing in, one's own account, changes by administrators."""
