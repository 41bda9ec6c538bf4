import time
import xmlrpc.client

import pytest

from lockgate.odoo.errors import NotJson
from lockgate.odoo.ways.xmlrpc import parse

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMBS = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]><methodResponse>&l9;</methodResponse>',
    "quadratic blow-up": f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><a>{"&a;" * 10_000}</a>',
    "file of the machine": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>',
    "page of the network": '<!DOCTYPE x SYSTEM "http://169.254.169.254/"><methodResponse/>',
}


@pytest.mark.parametrize(
    "value", [1, True, 1.5, "Ünï & <漢> 🚪", "", [], {}, {"a": [1, {"b": "c"}]}, [[1, "x"], False]]
)
def test_values_come_back_as_they_were(value):
    assert parse(xmlrpc.client.dumps((value,), methodresponse=True).encode()) == value


def test_other_encodings_are_read():
    assert parse(xmlrpc.client.dumps(("ü",), methodresponse=True, encoding="latin-1").encode("latin-1")) == "ü"


def test_a_fault_is_raised_with_its_code_as_sent():
    with pytest.raises(xmlrpc.client.Fault) as fault:
        parse(xmlrpc.client.dumps(xmlrpc.client.Fault("warning -- UserError\n\nNo.", ""), methodresponse=True).encode())
    assert fault.value.faultCode == "warning -- UserError\n\nNo."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_documents_with_types_or_entities_are_not_read(bomb, encoding):  # R3
    began = time.perf_counter()
    with pytest.raises(NotJson) as error:
        parse(bomb.encode(encoding))
    assert error.value.what == "The answer was not read: it declares a document type."
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<html><body>log in</body></html>",
        b"<methodResponse>",
        b"<methodResponse><params/></methodResponse>",
        b"<methodResponse><fault><value><int>1</int></value></fault></methodResponse>",
        b"<methodResponse><params><param><value><int>x</int></value></param></params></methodResponse>",
        b"<methodResponse><params><param><value><bigdecimal>x</bigdecimal></value></param></params></methodResponse>",
        b"<methodResponse><params><param><value></array></value></param></params></methodResponse>",
    ],
)
def test_what_is_no_xmlrpc_is_told(body):
    with pytest.raises(NotJson) as error:
        parse(body)
    assert error.value.what == "The answer is broken: it is not XML-RPC."
