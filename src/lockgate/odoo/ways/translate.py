"""Which error of the tree is it that the server answered? Decided from the answer alone.

R1  Odoo's own words are kept in `why`. Its traceback (`debug`) and the arguments it echoes are not.
R2  Odoo's words are masked of secrets before they are shown.
R3  The class of Odoo's exception decides first, then its words, then the HTTP status.
"""

import re
from collections.abc import Mapping
from typing import Any

import orjson

from lockgate.odoo.calls.call import Call
from lockgate.odoo.errors import (
    AccessDenied,
    BadCall,
    Concurrency,
    ConstraintViolated,
    DatabaseNotFound,
    NotAuthenticated,
    NotFound,
    OdooError,
    Refused,
    ServerFault,
    Unreachable,
)
from lockgate.odoo.ways.http import Answer
from lockgate.odoo.ways.model_owners import owner
from lockgate.odoo.ways.pages import from_page, no_database, shown

_BY_CLASS: Mapping[str, type[OdooError]] = {
    "AccessDenied": NotAuthenticated,
    "AccessError": AccessDenied,
    "AdminShutdown": Unreachable,
    "BadRequest": BadCall,
    "CannotConnectNow": Unreachable,
    "CheckViolation": ConstraintViolated,
    "ConcurrencyError": Concurrency,
    "CrashShutdown": Unreachable,
    "DataError": BadCall,
    "DeadlockDetected": Concurrency,
    "ExclusionViolation": ConstraintViolated,
    "Forbidden": AccessDenied,
    "ForeignKeyViolation": ConstraintViolated,
    "IntegrityError": ConstraintViolated,
    "InterfaceError": Unreachable,
    "InvalidDatetimeFormat": BadCall,
    "InvalidTextRepresentation": BadCall,
    "LockError": Concurrency,
    "LockNotAvailable": Concurrency,
    "MissingError": NotFound,
    "NotFound": NotFound,
    "NotNullViolation": ConstraintViolated,
    "NumericValueOutOfRange": BadCall,
    "OperationalError": Unreachable,
    "PoolError": Unreachable,
    "RedirectWarning": Refused,
    "RequestEntityTooLarge": BadCall,
    "RestrictViolation": ConstraintViolated,
    "SerializationFailure": Concurrency,
    "StringDataRightTruncation": BadCall,
    "TransactionRollback": Concurrency,
    "TransactionRollbackError": Concurrency,
    "Unauthorized": NotAuthenticated,
    "UniqueViolation": ConstraintViolated,
    "UnprocessableEntity": BadCall,
    "UserError": Refused,
    "ValidationError": ConstraintViolated,
    "Warning": Refused,
    "except_orm": Refused,
}
_BY_STATUS: Mapping[int, type[OdooError]] = {
    400: BadCall,
    401: NotAuthenticated,
    403: AccessDenied,
    404: NotFound,
    409: Concurrency,
    413: BadCall,
    422: Refused,
}
_WORDS_OF_A_BAD_CALL = re.compile(
    r"invalid field|wrong value for|invalid operator|invalid leaf|invalid literal|could not convert string"
    r"|invalid item in domain|invalid argument type for domain|malformed domain|invalid domain"
    r"|unexpected keyword argument|missing (a|\d+) required|takes .* positional argument"
    r"|does not match format|unconverted data remains|isoformat",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(r"^(the model '\S+' does not exist|Object \S+ doesn't exist)$")
_NO_METHOD = re.compile(r"^The method '.+' does not exist")
_LOCKED = re.compile(r"^Cannot grab a lock on records")
"""XML-RPC gives the class of this exception as that of a business rule."""
_CARRIED_OUT = re.compile(r"cannot marshal |.*exceeds XML-RPC limits")
"""What XML-RPC says when the method is through and saved, and its result can't be written as XML."""
_NO_DATABASE = re.compile(r'database ".*" does not exist|No database is selected', re.DOTALL)
_MISSING_ARGUMENT = re.compile(r"missing a required argument: '(\w+)'")
_LACKS_IDS = "ids, args = args[0], args[1:]"
"""The line of Odoo where a call without ids fails, before the method runs."""
_NO_IDS_GIVEN = "The call names no records."
_NOT_BEGUN = re.compile(r"connection to server .* failed|connection pool is full", re.IGNORECASE | re.DOTALL)


def missing_argument(error: OdooError) -> str | None:
    """Return the argument that the method asks for and the call did not bring."""
    found = _MISSING_ARGUMENT.search(error.why) if isinstance(error, BadCall) else None
    return found.group(1) if found else None


def wants_records(error: OdooError) -> bool:
    """Return True when the method works on records and the call named none, not even an empty list."""
    return isinstance(error, BadCall) and error.why == _NO_IDS_GIVEN


def from_json2(answer: Answer, call: Call) -> OdooError:
    """Return the error that a JSON-2 answer other than a result means."""
    fault = _json(answer)
    if not isinstance(fault, dict) or "message" not in fault:
        hidden = answer.status == 404  # noqa: PLR2004 - what Odoo answers to the name of a database it does not show
        return no_database(answer, call) if hidden else from_page(answer, call)
    name, message = str(fault.get("name", "")), str(fault["message"])
    error = from_exception(name, message, call, status=answer.status)
    if isinstance(error, NotAuthenticated) and name.endswith("AccessDenied"):
        return _error(AccessDenied, message, call)  # the key was accepted before the method ran
    return error


def from_jsonrpc(error: Mapping[str, Any], call: Call) -> OdooError:
    """Return the error that a JSON-RPC answer carries."""
    data = error.get("data") or {}
    if _LACKS_IDS in str(data.get("debug", ""))[-300:]:
        return _no_records(call)
    message = str(data.get("message") or error.get("message") or "")
    return from_exception(str(data.get("name", "")), message, call)


def from_xmlrpc(code: object, text: str, call: Call) -> OdooError:
    """Return the error that a fault of `/xmlrpc` carries, where codes are texts (numbers at `/xmlrpc/2` say less)."""
    head, _, message = str(code).partition("\n\n")
    if head.startswith("warning -- "):
        return from_exception(head.removeprefix("warning -- "), message, call)
    if _CARRIED_OUT.match(head):
        return ServerFault(
            f"{call} was carried out, but its answer can't travel over XML-RPC.",
            why=shown(head),
            do="Read what you need in another call.",
            call=str(call),
            sent=True,
        )
    if head == "AccessDenied":
        return from_exception(head, text, call)
    if _LACKS_IDS in text[-300:]:
        return _no_records(call)
    return from_exception(_raised(str(code), text), str(code), call)


def _no_records(call: Call) -> BadCall:
    return BadCall(f"{call} works on records.", why=_NO_IDS_GIVEN, do="Give their ids.", call=str(call))


def _raised(message: str, traceback: str) -> str:
    """Return the name of the exception with this message at the end of a traceback."""
    first = message.partition("\n")[0]
    named = re.findall(rf"^([\w.]+): {re.escape(first)}", traceback, re.MULTILINE)
    return str(named[-1]) if named else ""


def from_exception(name: str, message: str, call: Call, *, status: int = 500) -> OdooError:
    """Return the error that an exception of Odoo means (R3)."""
    field = message.strip("'")
    if field in _field_names(call):  # that is all a KeyError says
        return _error(BadCall, f"{call.model} has no field {field!r}.", call)
    kind = _by_words(message, call) or _BY_CLASS.get(name.rpartition(".")[2])
    if kind is None:
        kind = BadCall if _WORDS_OF_A_BAD_CALL.search(message) else _BY_STATUS.get(status, ServerFault)
    return _error(kind, message, call)


def _by_words(message: str, call: Call) -> type[OdooError] | None:
    if _NO_MODEL.match(message) or _lacks_method(message, call):
        return NotFound
    if _NO_DATABASE.search(message):
        return DatabaseNotFound
    return Concurrency if _LOCKED.match(message) else None


def _lacks_method(message: str, call: Call) -> bool:
    older = message.endswith(f"has no attribute {call.method!r}")
    return older or _NO_METHOD.match(message) is not None


def _field_names(call: Call) -> set[str]:
    given = [call.args.get(name) for name in ("vals", "vals_list", "values")]
    flat = [vals for some in given for vals in (some if isinstance(some, list | tuple) else [some])]
    return {field for vals in flat if isinstance(vals, Mapping) for field in vals}


def _error(kind: type[OdooError], message: str, call: Call) -> OdooError:
    what, do = _said(kind, message, call)
    return kind(
        what, why=shown(message), do=do, call=str(call), sent=kind is Unreachable and not _NOT_BEGUN.search(message)
    )


def _said(kind: type[OdooError], message: str, call: Call) -> tuple[str, str]:
    """Return what happened and what to do about it."""
    if _NO_MODEL.match(message):
        module = owner(call.model)
        return (
            f"This Odoo has no model {call.model}.",
            f"Install the module that brings it: {module}." if module else "Install the module that brings it.",
        )
    if _lacks_method(message, call):
        return f"This Odoo has no method {call}.", "Check the name and the version of Odoo."
    return _SAID[kind][0].format(call=call), _SAID[kind][1]


_SAID: Mapping[type[OdooError], tuple[str, str]] = {
    AccessDenied: (
        "Odoo does not let this user call {call}.",
        "Give the user the right, choose their company, or ask as another.",
    ),
    BadCall: ("{call} can't be carried out as it was asked.", "Check the names of fields and arguments."),
    Concurrency: ("{call} met another change of the same records.", "Try again: nothing was saved."),
    ConstraintViolated: ("A constraint stopped {call}.", "Correct the values; nothing was saved."),
    DatabaseNotFound: ("The server does not have this database.", "Check its name."),
    NotAuthenticated: (
        "Odoo does not accept these credentials.",
        "Check the key or password and its user; keys also expire and can be revoked: then make a new one.",
    ),
    NotFound: ("A record that {call} needs does not exist.", "Look the record up again: it may have been deleted."),
    Refused: ("Odoo refused {call}.", "Settle what Odoo names; nothing was saved."),
    ServerFault: ("Odoo failed inside of {call}.", "Look into the server's log; a module may be at fault."),
    Unreachable: ("Odoo lost its own database during {call}.", "See whether its database server runs."),
}


def _json(answer: Answer) -> Any:
    try:
        return orjson.loads(answer.body)
    except ValueError:
        return None
