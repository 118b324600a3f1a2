"""Support in money: how large an enterprise is, and what share of a contract is paid for it."""
