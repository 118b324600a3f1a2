"""Where a sender is, as senders are counted."""

from ipaddress import IPv4Address, IPv6Network, ip_address

HOME_PREFIX = 64
"""Bits of an IPv6 address that a provider gives to one household: the rest is its own choice."""


def network_of(host: str) -> str:
    """An IPv4 address, the household of an IPv6 one, or the word given where it is neither."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), HOME_PREFIX), strict=False))
