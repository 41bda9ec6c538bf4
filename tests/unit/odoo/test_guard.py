import socket
import threading
import time
from ipaddress import ip_address

import pytest

from lockgate.odoo.errors import AddressRefused, Unreachable
from lockgate.odoo.ways.guard import GuardedBackend, checked_url, refusal, resolve
from lockgate.odoo.ways.http import Http

PRIVATE = "It is a private address."
METADATA = "It belongs to a cloud's metadata service."
NOT_PUBLIC = "It is not an address of the public internet."

ONLY_WHEN_DECLARED = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "127.255.255.254",
    "localhost",
    "LOCALHOST",
    "\uff11\uff12\uff17.0.0.1",  # digits of full width
    "127\u30020\u30020\u30021",  # dots of full width
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "10.0.0.5",
    "10.255.255.255",
    "167772165",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "0xc0a80101",
    "100.64.0.1",
    "100.127.255.254",
    "[fc00::1]",
    "[fd12:3456:789a::1]",
]
METADATA_SERVICES = ["100.100.100.200", "168.63.129.16", "[fd00:ec2::254]", "[fd20:ce::254]", "192.0.0.192"]
NEVER = [
    "169.254.169.254",
    "169.254.0.1",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "169.254.170.2",
    "0.0.0.0",  # noqa: S104 - refused, not bound to
    "0",
    "0.1.2.3",
    "[::]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "203.0.113.7",
    "[::ffff:127.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[::ffff:8.8.8.8]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[4000::1]",
]


def visit(host, port, *, allow_private):
    """Ask a host for a page, as every call does."""
    http = Http(f"http://{host}:{port}", allow_private=allow_private)
    try:
        http.get("/web/version", timeout=1)
    finally:
        http.close()


@pytest.fixture
def plug(wire):
    return wire(
        lambda connection: connection.sendall(
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
    )


@pytest.mark.parametrize("host", ONLY_WHEN_DECLARED)
def test_a_private_address_is_refused_unless_the_instance_is_declared(host, plug):
    with pytest.raises(AddressRefused) as refused:
        visit(host, plug.port, allow_private=False)
    assert (refused.value.why, plug.connections) == (PRIVATE, 0)


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize(("host", "why"), [(h, METADATA) for h in METADATA_SERVICES] + [(h, NOT_PUBLIC) for h in NEVER])
def test_a_forbidden_address_is_refused_whether_declared_or_not(host, why, declared, plug):
    with pytest.raises(AddressRefused) as refused:
        visit(host, plug.port, allow_private=declared)
    assert (refused.value.why, plug.connections) == (why, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "localhost"])
def test_a_declared_private_address_is_connected_to(host, plug):
    visit(host, plug.port, allow_private=True)
    assert plug.connections == 1


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "172.32.0.1", "100.63.255.255"])
def test_a_public_address_is_free(address):
    assert refusal(ip_address(address), allow_private=False) is None


def rebinding(*answers, **options):
    """A name that has another address each time it is looked up."""
    left = iter(answers)
    return GuardedBackend(allow_private=True, resolver=lambda host, port: next(left), **options)


def test_a_name_that_changes_its_address_is_looked_up_once_and_the_checked_address_is_used(plug):
    http = Http(
        f"http://odoo.example:{plug.port}",
        allow_private=True,
        backend=rebinding(["127.0.0.1"], ["169.254.169.254"]),
    )
    assert [http.get("/", timeout=5).status for _ in range(3)] == [404, 404, 404]
    assert plug.connections == 3
    http.close()


def test_a_name_that_turns_to_a_forbidden_address_later_is_refused(plug):
    http = Http(
        f"http://odoo.example:{plug.port}",
        allow_private=True,
        backend=rebinding(["127.0.0.1"], ["169.254.169.254"], good_for_seconds=0),
    )
    assert http.get("/", timeout=5).status == 404
    with pytest.raises(AddressRefused):
        http.get("/", timeout=5)
    assert plug.connections == 1
    http.close()


def test_a_name_whose_server_went_away_is_looked_up_again(plug):
    http = Http(f"http://odoo.example:{plug.port}", allow_private=True, backend=rebinding(["127.0.0.2"], ["127.0.0.1"]))
    with pytest.raises(Unreachable):
        http.get("/", timeout=5)
    assert http.get("/", timeout=5).status == 404
    http.close()


def test_a_name_service_that_hangs_takes_no_more_than_the_time_of_the_call():
    done = threading.Event()
    backend = GuardedBackend(allow_private=True, resolver=lambda host, port: done.wait(10) and [])
    http = Http("http://odoo.example", allow_private=True, backend=backend)
    began = time.monotonic()
    with pytest.raises(Unreachable) as error:
        http.get("/", timeout=0.3)
    took = time.monotonic() - began
    done.set()
    http.close()
    assert (error.value.sent, took) == (False, pytest.approx(0.3, abs=0.2))


def test_one_forbidden_address_among_good_ones_refuses_the_name(plug):
    backend = GuardedBackend(allow_private=True, resolver=lambda host, port: ["127.0.0.1", "169.254.169.254"])
    http = Http(f"http://odoo.example:{plug.port}", allow_private=True, backend=backend)
    with pytest.raises(AddressRefused) as refused:
        http.get("/", timeout=5)
    assert refused.value.what == "Lockgate does not connect to odoo.example (169.254.169.254)."
    assert plug.connections == 0
    http.close()


def test_the_next_address_of_a_name_is_tried_when_the_first_does_not_answer(plug):
    backend = GuardedBackend(allow_private=True, resolver=lambda host, port: ["127.0.0.2", "127.0.0.1"])
    http = Http(f"http://odoo.example:{plug.port}", allow_private=True, backend=backend)
    assert http.get("/", timeout=5).status == 404
    http.close()


def test_a_redirect_is_not_followed(serve, plug):
    site = serve(lambda *_: (302, {"Location": f"http://127.0.0.1:{plug.port}/"}, b""))
    http = Http(site.url, allow_private=True)
    assert (http.get("/web/version", timeout=5).status, plug.connections) == (302, 0)
    http.close()


def test_proxies_of_the_environment_are_not_used(serve, plug, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{plug.port}")
    site = serve(lambda *_: (200, {}, b"straight"))
    http = Http(site.url, allow_private=True)
    assert (http.get("/", timeout=5).body, plug.connections) == (b"straight", 0)
    http.close()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "It does not start with http:// or https://."),
        ("gopher://127.0.0.1:70/", "It does not start with http:// or https://."),
        ("ftp://odoo.example.com", "It does not start with http:// or https://."),
        ("odoo.example.com", "It does not start with http:// or https://."),
        ("//odoo.example.com", "It does not start with http:// or https://."),
        ("http://admin:secret@odoo.example.com", "It holds a user."),
        ("http://odoo.example.com@127.0.0.1", "It holds a user."),
        ("http:///web", "It names no host."),
        ("http://", "It names no host."),
        ("http://odoo.example.com:port", "Port could not be cast to integer value as 'port'."),
        ("http://odoo.example.com:99999", "Port out of range 0-65535."),
        ("http://odoo example.com", "It holds blanks, control characters or a backslash."),
        ("http://odoo.example.com\r\nHost: other", "It holds blanks, control characters or a backslash."),
        ("http://odoo.example.com\\@127.0.0.1", "It holds blanks, control characters or a backslash."),
    ],
)
def test_what_is_no_address_of_an_odoo_is_refused_with_its_reason(url, why):
    with pytest.raises(AddressRefused) as refused:
        checked_url(url)
    assert refused.value.why == why


def test_a_password_in_the_address_is_not_repeated_in_the_refusal():
    with pytest.raises(AddressRefused) as refused:
        checked_url("http://admin:hunter2@odoo.example.com/web")
    assert refused.value.what == "'http://odoo.example.com/web' is not an address of an Odoo."


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://odoo.example.com", "https://odoo.example.com"),
        (" https://odoo.example.com/ ", "https://odoo.example.com"),
        ("https://odoo.example.com/web/login?db=prod#home", "https://odoo.example.com"),
        ("https://odoo.example.com/odoo/sales/7", "https://odoo.example.com"),
        ("https://example.com/erp/", "https://example.com/erp"),
        ("HTTP://Odoo.Example.com:8069", "http://odoo.example.com:8069"),
        ("http://bücher.example", "http://xn--bcher-kva.example"),
        ("http://[::1]:8069/web", "http://[::1]:8069"),
    ],
)
def test_an_address_is_taken_the_way_people_paste_it(given, used):
    assert checked_url(given) == used


def test_a_name_is_resolved_to_its_numeric_addresses():
    assert resolve("127.0.0.1", 80) == ["127.0.0.1"]


def test_a_name_nobody_knows_is_unreachable_and_nothing_was_sent():
    def unknown(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    backend = GuardedBackend(allow_private=True, resolver=unknown)
    http = Http("http://odoo.invalid", allow_private=True, backend=backend)
    with pytest.raises(Unreachable) as error:
        http.get("/", timeout=5)
    assert error.value.lines() == (
        "There is no connection to http://odoo.invalid.",
        "The name odoo.invalid is not known.",
        "Check how it is spelled.",
    )
    assert error.value.sent is False
    http.close()


def test_a_name_without_addresses_is_unreachable():
    backend = GuardedBackend(allow_private=True, resolver=lambda host, port: [])
    http = Http("http://odoo.invalid", allow_private=True, backend=backend)
    with pytest.raises(Unreachable):
        http.get("/", timeout=5)
    http.close()
