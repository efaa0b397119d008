"""Which numbers on the internet lie outside every house: ours may be asked for nothing else."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

RELAYS_4: Final = ip_network("192.88.99.0/24")
"""Relays of 6to4: they carry on to wherever the sender likes."""
EVERYBODY_6: Final = IPv6Network("2000::/3")
"""All that is handed out of IPv6; whatever lies outside it is somebody's own network."""
NOT_EVERYBODY_6: Final = (
    IPv6Network("2001::/23"),  # Teredo, and protocols of the internet itself
    IPv6Network("2001:db8::/32"),  # written in books
    IPv6Network("2002::/16"),  # 6to4: an IPv4 address hides in it
    IPv6Network("3fff::/20"),  # written in books
)
TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""NAT64: the last four bytes are the IPv4 address that is really asked."""


def is_public(text: str) -> bool:
    """Whether a number belongs to the internet, so that it is no machine of our own network.

    What hides another number (NAT64, mapped) is judged by that number, or refused. A text that is
    no number is not public: `is_global` of the library alone says yes to `64:ff9b::7f00:1`.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return _is_public_4(address) if isinstance(address, IPv4Address) else _is_public_6(address)


def _is_public_4(address: IPv4Address) -> bool:
    if address.is_multicast or address.is_reserved or address in RELAYS_4:
        return False
    return address.is_global


def _is_public_6(address: IPv6Address) -> bool:
    if address in TRANSLATED:
        return _is_public_4(IPv4Address(int(address) & 0xFFFFFFFF))
    if address not in EVERYBODY_6 or not address.is_global:
        return False
    return not any(address in network for network in NOT_EVERYBODY_6)
