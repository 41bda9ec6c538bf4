"""How is a call sent to an Odoo that speaks XML-RPC alone? As `execute_kw` at `/xmlrpc/object`.

R1  The older address is used, not `/xmlrpc/2`: its faults name the exception, the numbered ones don't.
R2  "cannot marshal None" comes after Odoo saved: the method ran, and its result is taken to be None. A method that
    reads never answers a bare None: there it is an error.
R3  XML with a document type or entities of its own is refused unread.
"""

import re
import xmlrpc.client
from collections.abc import Sequence
from typing import Any
from xml.parsers import expat

from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.policy import reads
from lockgate.odoo.calls.standard import by_position
from lockgate.odoo.errors import BadCall, NotJson, OdooError
from lockgate.odoo.ways.http import Http
from lockgate.odoo.ways.pages import from_page
from lockgate.odoo.ways.translate import from_xmlrpc, wants_records
from lockgate.odoo.ways.wire import Body, to_plain

_OK = 200
_CONTROL_CHARACTER = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_NONE = "cannot marshal None"


class XmlRpc:
    """The oldest way. It can't tell a constraint from another refusal."""

    name = "xmlrpc"

    def __init__(self, http: Http, database: str, uid: int, password: Secret) -> None:
        self._http = http
        self._database = database
        self._uid = uid
        self._password = password

    def send(self, call: Call, *, timeout: float) -> Any:
        """Return the result of the call."""
        try:
            return self._execute(call, list(call.ids) if call.ids else None, timeout)
        except OdooError as error:
            if not call.ids and wants_records(error):
                return self._execute(call, [], timeout)
            raise

    def _execute(self, call: Call, ids: list[int] | None, timeout: float) -> Any:
        leading, named = by_position(call.method, call.args)
        positions = leading if ids is None else [ids, *leading]
        named["context"] = call.context
        args = [self._database, self._uid, self._password, call.model, call.method, positions, named]
        return ask(self._http, "object", "execute_kw", args, call, timeout=timeout)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def ask(http: Http, service: str, method: str, args: Sequence[Any], call: Call, *, timeout: float) -> Any:
    """Return the result of one of the server's services; `call` is what an error is about."""
    body = _request(method, args, call)
    answer = http.post(f"/xmlrpc/{service}", body, {"Content-Type": "text/xml"}, timeout=timeout)
    if answer.status != _OK or answer.kind not in {"text/xml", "application/xml"}:
        raise from_page(answer, call)
    try:
        return parse(answer.body)
    except xmlrpc.client.Fault as fault:
        if _NO_NONE in str(fault.faultCode) and not reads(call):
            return None  # R2
        raise from_xmlrpc(fault.faultCode, fault.faultString, call) from None


def _request(method: str, args: Sequence[Any], call: Call) -> Body:
    try:
        body = Body(xmlrpc.client.dumps(tuple(to_plain(args)), method, allow_none=True).encode())
    except OverflowError:
        raise BadCall(
            f"{call} can't be sent over XML-RPC.", why="A whole number is beyond 32 bits.", do="Send it as a decimal."
        ) from None
    if _CONTROL_CHARACTER.search(body):
        raise BadCall(
            f"{call} can't be sent over XML-RPC.",
            why="A text holds a control character, which XML can't carry.",
            do="Remove it from the text.",
        )
    return body


def parse(body: bytes) -> Any:
    """Return the value of a response; a fault is raised as `xmlrpc.client.Fault` (R3)."""
    values = xmlrpc.client.Unmarshaller(use_builtin_types=True)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = values.start
    parser.EndElementHandler = values.end
    parser.CharacterDataHandler = values.data
    values.xml("", None)  # no encoding: expat has decoded the texts already
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat's own signature: this is all of it
        return values.close()[0]
    except (expat.ExpatError, xmlrpc.client.ResponseError, ValueError, TypeError, IndexError, ArithmeticError):
        raise NotJson(
            "The answer is broken: it is not XML-RPC.", do="Look for a proxy that changes it.", sent=True
        ) from None


def _refuse(*_: object) -> None:
    raise NotJson(
        "The answer was not read: it declares a document type.",
        why="Odoo never does; such a text can be made to fill the memory.",
        do="Check the address.",
        sent=True,
    )
