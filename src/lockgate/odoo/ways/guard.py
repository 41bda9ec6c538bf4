"""Which addresses may Lockgate connect to? A name's addresses are looked up, all are checked, a checked one is used.

R1  Only http and https, without a user or password in the address.
R2  Public addresses are free. Private ones (this machine, the local network, a carrier's network) need `allow_private`.
R3  Everything else is refused, whatever was allowed: link-local and metadata services, multicast, reserved ranges, and
    IPv6 forms that carry an IPv4 address inside.
R4  One refused address among several refuses them all.
R5  The connection goes to an address that was checked; the name is not looked up in between. What was checked is good
    for a while, because some servers end the connection with every answer.
"""

import socket
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from urllib.parse import urlsplit

import httpcore2

from lockgate.odoo.errors import AddressRefused
from lockgate.odoo.ways.deadline import TimedBackend

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], list[str]]

GOOD_FOR_SECONDS = 30.0

_PRIVATE = tuple(
    map(
        ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "::1/128", "fc00::/7"),
    )
)
_NEVER = tuple(
    map(
        ip_network,
        (
            "100.100.100.200/32",  # metadata service, Alibaba
            "168.63.129.16/32",  # metadata service, Azure
            "fd00:ec2::/32",  # metadata service, Amazon
            "fd20:ce::254/128",  # metadata service, Google
            "192.0.0.192/32",  # metadata service, Oracle
            "192.0.0.0/24",  # protocol assignments
            "192.88.99.0/24",  # relay for 6to4
            "::/96",  # IPv4-compatible; ::1 is in _PRIVATE, which is asked first
            "::ffff:0:0/96",  # IPv4-mapped
            "::ffff:0:0:0/96",  # IPv4-translated
            "64:ff9b::/96",  # NAT64
            "64:ff9b:1::/48",  # NAT64 of a local network
            "2001::/23",  # Teredo and other protocols
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
        ),
    )
)
_METADATA = _NEVER[:5]
_UNICAST6 = ip_network("2000::/3")
"""All that is public in IPv6."""


def checked_url(url: str) -> str:
    """Return the address of the Odoo itself (`scheme://host[:port][/prefix]`), or raise `AddressRefused` (R1)."""
    if any(ord(char) <= 32 or char in "\\\x7f" for char in url.strip()):  # noqa: PLR2004 - blanks and controls
        raise _not_an_address(url, "It holds blanks, control characters or a backslash.")
    parts = urlsplit(url.strip())
    try:
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode("ascii") if ":" not in host else host
    except ValueError as error:
        raise _not_an_address(url, f"{error}.") from None
    if parts.scheme not in {"http", "https"}:
        raise _not_an_address(url, "It does not start with http:// or https://.")
    if "@" in parts.netloc:
        raise _not_an_address(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(), "It holds a user.")
    if not host:
        raise _not_an_address(url, "It names no host.")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}{_prefix(parts.path)}"


def _prefix(path: str) -> str:
    """People paste what the browser shows; Odoo's own pages are no part of its address."""
    first = path.strip("/").partition("/")[0]
    return "" if first in {"", "web", "odoo"} else "/" + path.strip("/")


def _not_an_address(url: str, why: str) -> AddressRefused:
    return AddressRefused(
        f"{url!r} is not an address of an Odoo.", why=why, do="Write it like https://odoo.example.com."
    )


def refusal(address: Address, *, allow_private: bool) -> str | None:
    """Return why this address may not be connected to, None when it may (R2, R3)."""
    if any(address in network for network in _METADATA):
        return "it belongs to a cloud's metadata service"
    if any(address in network for network in _PRIVATE):
        return None if allow_private else "it is a private address"
    public = (
        address.is_global and not address.is_multicast and (isinstance(address, IPv4Address) or address in _UNICAST6)
    )
    if not public or any(address in network for network in _NEVER):
        return "it is not an address of the public internet"
    return None


def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, in the order of the system's preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections to checked addresses alone. Safe to share between threads."""

    def __init__(
        self, *, allow_private: bool, resolver: Resolver = resolve, good_for_seconds: float = GOOD_FOR_SECONDS
    ) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._good_for_seconds = good_for_seconds
        self._checked: dict[tuple[str, int], tuple[float, list[str]]] = {}
        self._sockets = TimedBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a connection to the first address that answers (R4, R5)."""
        failure: Exception = httpcore2.ConnectError("the name has no address")
        for address in self._addresses(host, port, timeout):
            try:
                return self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        self._checked.pop((host, port), None)  # it may have moved
        raise failure

    def _addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        good_until, addresses = self._checked.get((host, port), (0.0, []))
        if time.monotonic() < good_until:
            return addresses
        addresses = _in_time(lambda: self._resolver(host, port), timeout)
        for address in addresses:
            why = refusal(ip_address(address), allow_private=self._allow_private)
            if why is not None:
                raise _refused(host, address, why)
        self._checked[host, port] = (time.monotonic() + self._good_for_seconds, addresses)
        return addresses


def _in_time(look_up: Callable[[], list[str]], seconds: float | None) -> list[str]:
    """Return what the look-up finds. It may hang for longer than a call has, so it runs beside."""
    found: Future[list[str]] = Future()

    def work() -> None:
        try:
            found.set_result(look_up())
        except (OSError, UnicodeError) as error:
            found.set_exception(httpcore2.ConnectError(error))

    Thread(target=work, daemon=True, name="look-up of a name").start()
    try:
        return found.result(seconds)
    except TimeoutError:
        raise httpcore2.ConnectTimeout("the name was not found in time") from None


def _refused(host: str, address: str, why: str) -> AddressRefused:
    name = address if host == address else f"{host} ({address})"
    private = why == "it is a private address"
    return AddressRefused(
        f"Lockgate does not connect to {name}.",
        why=f"{why[0].upper()}{why[1:]}.",
        do="Declare the instance in the workspace to allow it." if private else "Use another address of the server.",
    )
