import gzip
import logging
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lockgate.kernel.secret import Secret
from lockgate.odoo.errors import BadCall, TimedOut, Unreachable
from lockgate.odoo.ways.http import Http

MAYBE_DONE = "The request was sent; Odoo may have carried it out."


@pytest.fixture
def ask():
    """Send one POST and return its answer."""

    def send(port, body=b"{}", timeout=5.0, **options):
        http = Http(f"http://127.0.0.1:{port}", allow_private=True, **options)
        try:
            return http.post("/json/2/res.partner/create", body, {}, timeout=timeout)
        finally:
            http.close()

    return send


def receive(connection):
    """Read one whole request."""
    seen = b""
    while b"\r\n\r\n" not in seen:
        seen += connection.recv(65536)
    head, _, body = seen.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += connection.recv(65536)
    return body


def reset(connection):
    """Make closing the connection a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def test_a_closed_port_is_unreachable_and_nothing_was_sent(ask):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable) as error:
        ask(port)
    assert error.value.lines() == (
        f"There is no connection to http://127.0.0.1:{port}.",
        f"Nothing listens on 127.0.0.1:{port}.",
        "Check the address and the port, and that Odoo runs.",
    )
    assert error.value.sent is False


def test_a_cut_before_the_request_was_read_whole_was_not_sent(ask, wire):
    def talk(connection):
        connection.recv(1000)
        reset(connection)

    with pytest.raises(Unreachable) as error:
        ask(wire(talk).port, body=b"x" * 30_000_000)
    assert error.value.sent is False


def test_a_cut_after_the_request_was_sent_may_have_been_carried_out(ask, wire):
    with pytest.raises(Unreachable) as error:
        ask(wire(receive).port)
    assert (error.value.sent, error.value.why) == (True, MAYBE_DONE)


def test_a_reset_after_the_request_was_sent_may_have_been_carried_out(ask, wire):
    def talk(connection):
        receive(connection)
        reset(connection)

    with pytest.raises(Unreachable) as error:
        ask(wire(talk).port)
    assert error.value.sent is True


def test_a_cut_in_the_midst_of_the_answer_may_have_been_carried_out(ask, wire):
    def talk(connection):
        receive(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    with pytest.raises(Unreachable) as error:
        ask(wire(talk).port)
    assert error.value.sent is True


def test_an_answer_that_is_not_http_may_have_been_carried_out(ask, wire):
    def talk(connection):
        receive(connection)
        connection.sendall(b"220 mail.example.com ESMTP\r\n")

    with pytest.raises(Unreachable) as error:
        ask(wire(talk).port)
    assert error.value.sent is True


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12"])
def test_a_stall_ends_with_the_time_of_the_call(ask, wire, start):
    gone = threading.Event()

    def talk(connection):
        receive(connection)
        connection.sendall(start)
        gone.wait(5)

    began = time.monotonic()
    with pytest.raises(TimedOut) as error:
        ask(wire(talk).port, timeout=0.3)
    gone.set()
    assert (error.value.sent, round(time.monotonic() - began, 1)) == (True, pytest.approx(0.3, abs=0.2))


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_an_answer_that_drips_ends_with_the_time_of_the_call(ask, wire, head):
    def talk(connection):
        receive(connection)
        connection.sendall(head)
        for byte in b"HTTP/1.1 200 OK and so on and on and on":
            connection.sendall(bytes([byte]))
            time.sleep(0.05)

    began = time.monotonic()
    with pytest.raises(TimedOut):
        ask(wire(talk).port, timeout=0.4)
    assert time.monotonic() - began == pytest.approx(0.4, abs=0.2)


def test_a_request_that_is_not_taken_in_ends_with_the_time_of_the_call_and_was_not_sent(ask, wire):
    gone = threading.Event()
    with pytest.raises(TimedOut) as error:
        ask(wire(lambda connection: gone.wait(5)).port, body=b"x" * 30_000_000, timeout=0.3)
    gone.set()
    assert (error.value.sent, error.value.why) == (False, "The request was not sent whole.")


def test_connections_stay_open_between_requests(serve):
    clients = []
    site = serve(lambda *_: (200, {}, b"ok"))
    http = Http(site.url, allow_private=True)
    for _ in range(3):
        http.post("/", b"", {}, timeout=5)
        clients.append(http._pool.connections[0]._connection._network_stream.get_extra_info("client_addr"))
    http.close()
    assert len(set(clients)) == 1


def test_a_connection_that_the_server_closed_meanwhile_is_not_used(wire):
    def talk(connection):
        receive(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    plug = wire(talk)
    http = Http(f"http://127.0.0.1:{plug.port}", allow_private=True)
    for _ in range(3):
        assert http.post("/", b"", {}, timeout=5).body == b"ok"
        time.sleep(0.05)
    http.close()
    assert plug.connections == 3


def test_threads_share_the_connections(serve):
    site = serve(lambda method, path, body: (200, {}, body))
    http = Http(site.url, allow_private=True)
    got = []

    def work(number):
        got.extend(int(http.post("/", str(number * 100 + i).encode(), {}, timeout=10).body) for i in range(20))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    http.close()
    assert sorted(got) == sorted(number * 100 + i for number in range(8) for i in range(20))


def test_a_packed_answer_is_unpacked(ask, serve):
    text = b"Odoo " * 100_000
    site = serve(lambda *_: (200, {"Content-Encoding": "gzip"}, gzip.compress(text)))
    assert ask(int(site.url.rpartition(":")[2])).body == text


def test_a_broken_packed_answer_is_an_error(ask, serve):
    site = serve(lambda *_: (200, {"Content-Encoding": "gzip"}, b"not packed at all"))
    with pytest.raises(Unreachable) as error:
        ask(int(site.url.rpartition(":")[2]))
    assert error.value.sent is True


@pytest.mark.parametrize("packed", [True, False])
def test_an_answer_beyond_the_limit_is_refused_before_it_fills_the_memory(ask, serve, packed):
    big = b"0" * 50_000_000
    site = serve(
        lambda *_: (200, {"Content-Encoding": "gzip"} if packed else {}, gzip.compress(big) if packed else big)
    )
    with pytest.raises(BadCall) as error:
        ask(int(site.url.rpartition(":")[2]), largest_answer=2**20)
    assert error.value.what == "The answer is larger than 1 MiB."


def test_headers_hold_their_secret_on_the_wire_alone(serve):
    site = serve(lambda *_: (200, {}, b""))
    http = Http(site.url, allow_private=True)
    http.post("/x", b"{}", {"Authorization": Secret("bearer open-sesame")}, timeout=5)
    http.close()
    assert site.asked[0][2]["authorization"] == "bearer open-sesame"


def test_a_prefix_of_the_address_is_kept(serve):
    site = serve(lambda *_: (200, {}, b""))
    http = Http(f"{site.url}/erp/", allow_private=True)
    http.get("/web/version", timeout=5)
    http.close()
    assert site.asked[0][:2] == ("GET", "/erp/web/version")


def test_session_cookies_of_answers_are_not_logged(serve, caplog):
    site = serve(lambda *_: (200, {"Set-Cookie": "session_id=fortune-cookie"}, b"{}"))
    http = Http(site.url, allow_private=True)
    with caplog.at_level(logging.DEBUG):
        assert http.get("/", timeout=5).headers["set-cookie"] == "session_id=fortune-cookie"
    http.close()
    assert "receive_response_body.complete" in caplog.text
    assert "fortune-cookie" not in caplog.text


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody signed, with its key; `.crt` beside it is the certificate alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(private + signed)
    path.with_name("both.pem.crt").write_bytes(signed)
    return path


@pytest.fixture
def encrypted(wire, certificate):
    """A server that speaks TLS with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def talk(connection):
        with context.wrap_socket(connection.dup(), server_side=True) as safe:
            safe.recv(65536)
            safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")

    return wire(talk)


def test_a_certificate_that_nobody_signed_is_refused_in_plain_words(encrypted):
    http = Http(f"https://127.0.0.1:{encrypted.port}", allow_private=True)
    with pytest.raises(Unreachable) as error:
        http.get("/", timeout=5)
    http.close()
    assert error.value.why == f"The certificate of 127.0.0.1:{encrypted.port} is not trusted: self-signed certificate."
    assert error.value.sent is False


def test_an_authority_named_in_the_environment_is_trusted(encrypted, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    http = Http(f"https://127.0.0.1:{encrypted.port}", allow_private=True)
    assert http.get("/", timeout=5).body == b"ok"
    http.close()


def test_a_certificate_for_another_name_is_refused(encrypted, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    http = Http(f"https://localhost:{encrypted.port}", allow_private=True)
    with pytest.raises(Unreachable) as error:
        http.get("/", timeout=5)
    http.close()
    assert error.value.why.startswith(
        f"The certificate of localhost:{encrypted.port} is not trusted: Hostname mismatch"
    )


def test_plain_http_where_tls_was_asked_for_is_told(serve):
    site = serve(lambda *_: (200, {}, b""))
    http = Http(site.url.replace("http:", "https:"), allow_private=True)
    with pytest.raises(Unreachable) as error:
        http.get("/", timeout=5)
    http.close()
    assert error.value.do == "Check whether it is http:// or https://."
