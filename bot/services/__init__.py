"""One small class a subject, taking a session.

No HTTP here, and no commits: the caller owns the transaction.
"""
