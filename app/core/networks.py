"""From which network a caller comes: neighbours share what attempts are counted by."""

from ipaddress import IPv4Address, ip_address, ip_network

BITS = {4: 24, 6: 64}
LONGEST = 45


def network(address: str) -> str:
    """Return the /24 or /64 of an address; what is no address stands for itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:LONGEST]
    mapped: IPv4Address | None = getattr(found, "ipv4_mapped", None)
    plain = mapped or found
    return str(ip_network(f"{str(plain).partition('%')[0]}/{BITS[plain.version]}", strict=False))
